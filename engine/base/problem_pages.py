"""What the codes of problems mean, whatever input they are found in (docs/decisions/problem-codes.md)."""

from dataclasses import dataclass
from typing import Final

from .text import Text


@dataclass(frozen=True, slots=True)
class Code:
    """A problem's page: what it is, a message of it as the program words it, and how it is mended.

    In the message, what the type of a document calls its people stands as `{people}`, one of them as `{person}`, what identifies
    one as `{identifier}`, and the secret about one as `{secret}` (explain/pages.py).
    """

    meaning: Text
    example: Text
    remedy: Text


CODES: Final[dict[str, Code]] = {
    "PL001": Code(
        Text(
            "Tệp sai cú pháp (YAML, JSON hoặc TOML), nên chưa đọc được nội dung.",
            "The file is not well-formed YAML, JSON or TOML, so its content can't be read.",
        ),
        Text("Dấu ngoặc mở ở đây chưa được đóng", "The bracket that opens here is never closed"),
        Text(
            "Sửa đúng chỗ dòng:cột được nêu rồi chạy lại. Sau một lỗi cú pháp, các lỗi khác của tệp chưa được xét.",
            "Mend the line and column named and run again. Behind a slip of syntax nothing else of the file was looked at.",
        ),
    ),
    "PL002": Code(
        Text(
            "Nội dung không đúng mẫu: thiếu mục, thừa mục, sai kiểu giá trị hoặc dùng từ ngoài danh mục.",
            "The content does not fit the form: a key is missing or unknown, or a value is of the wrong type or not in its list.",
        ),
        Text("“comune” không dùng được cho “kind”", "“comune” is no value of “kind”"),
        Text(
            "Thông báo nêu giá trị cần có và gợi ý từ gần đúng: thay từ ở chỗ được nêu. "
            "Xem mọi mục và giá trị: thamdinh schema plan; có mẫu để điền: thamdinh new.",
            "The message says what was expected and suggests the nearest word: replace what stands at the place named. "
            "Every key and value: thamdinh schema plan; a form to fill in: thamdinh new.",
        ),
    ),
    "PL003": Code(
        Text(
            "Một mã hoặc tên được nhắc đến nhưng không có ở nơi khai báo (người không có trong danh sách người tham dự, cấp "
            "ủy không có trong danh sách cấp ủy, quy tắc không có trong bộ quy tắc).",
            "An id or a name is used that is declared nowhere (a person who is not among those who attend, a committee that "
            "is not listed, a rule not in the pack).",
        ),
        Text(
            "“p99” không có trong {people}",
            "“p99” is not among the {people}",
        ),
        Text("Sửa lại cho đúng, hoặc ghi thêm vào nơi khai báo.", "Correct it, or declare it."),
    ),
    "PL004": Code(
        Text(
            "Một mã được khai báo hai lần, nên không biết dòng nào đúng.",
            "An id is declared twice, so nobody can tell which row holds.",
        ),
        Text(
            "{identifier} “p21” đã có ở trung-ma.yaml:29:10",
            "{identifier} “p21” already stands at trung-ma.yaml:29:10",
        ),
        Text(
            "Giữ một dòng; xóa dòng kia nếu lặp, hoặc đặt cho nó mã khác.",
            "Keep one row; delete the other if it is a repetition, or give it an id of its own.",
        ),
    ),
    "PL005": Code(
        Text(
            "Thứ tự thời gian vô lý, ví dụ phiên họp kết thúc trước khi bắt đầu.",
            "Times are out of order, such as a session that ends before it starts.",
        ),
        Text(
            "Phiên họp kết thúc (03 giờ 30, ngày 28/12/2017) không sau lúc bắt đầu (13 giờ 30, ngày 28/12/2017)",
            "The session ends (03:30 on 28/12/2017) no later than it starts (13:30 on 28/12/2017)",
        ),
        Text(
            "Kiểm tra ngày, giờ ở chỗ được nêu; giờ buổi chiều viết đủ 24 giờ (15:30).",
            "Check the dates and times at the place named; write afternoons in 24 hours (15:30).",
        ),
    ),
    "PL006": Code(
        Text(
            "Không đọc hoặc không ghi được tệp, hoặc tệp không an toàn: không tồn tại, không có quyền, sai bảng mã, rỗng, hỏng, quá lớn, "
            "hoặc vượt giới hạn thời gian, bộ nhớ.",
            "A file can't be read or written or is not safe: missing, not permitted, in another encoding, empty, damaged, too large, "
            "or beyond the limits of time and memory.",
        ),
        Text("Tệp lưu với mã UTF-16, không phải UTF-8", "The file is in UTF-16, not UTF-8"),
        Text(
            "Làm theo dòng “cách sửa”: kiểm tra tên và quyền, lưu lại bằng UTF-8, hoặc chọn đúng tệp cần thẩm định. "
            "Các tệp khác của lần chạy vẫn được thẩm định.",
            "Follow the line “fix”: check the name and permissions, save it in UTF-8, or name the right file. "
            "The other files of the run are checked all the same.",
        ),
    ),
    "LY001": Code(
        Text(
            "Bộ quy tắc nối vào bộ khác mà nới lỏng bộ đó: chỉ được siết chặt, thêm quy tắc, thêm khuyến nghị, trừ khi bộ trên ghi delegable: true.",
            "A pack that extends another would loosen it: it may only make it stricter and add to it, except where the upper one says delegable: true.",
        ),
        Text(
            "Hạ mức độ của TD101 từ lỗi xuống cảnh báo là nới lỏng điều khoản D1 của bộ ben-tre-2017",
            "Lowering TD101 from error to warning loosens clause D1 of ben-tre-2017",
        ),
        Text(
            "Giữ mức của bộ trên hoặc đặt mức chặt hơn; cần nới thì đề nghị nơi ban hành bộ trên ghi delegable: true.",
            "Keep what the upper pack says or make it stricter; to loosen it, ask its issuer to write delegable: true.",
        ),
    ),
    "DR001": Code(
        Text(
            "Không bộ quy tắc đã ban hành nào dành cho văn bản này, xét theo nhiệm kỳ, ngày họp, loại hình và huyện, nên "
            "chưa thẩm định được: văn bản không đạt mà cũng không phải chưa đạt.",
            "No issued pack is for this document, by its term, date, kind and district, so it has no verdict: it is neither "
            "compliant nor not.",
        ),
        Text(
            "Không có bộ quy tắc nào dành cho kế hoạch này: ben-tre-2017 dành cho nhiệm kỳ 2015-2020",
            "No pack is for this plan: ben-tre-2017 is for the term 2015-2020",
        ),
        Text(
            "Xem lại nhiệm kỳ, loại hình, huyện và ngày họp; hoặc chỉ rõ bộ quy tắc bằng --directive (kết quả sẽ ghi rằng "
            "bộ đó không dành cho văn bản này).",
            "Check term, kind, district and dates; or name a pack with --directive (every output will say that it was not "
            "made for this document).",
        ),
    ),
    "DR002": Code(
        Text(
            "Có nhiều bộ quy tắc đã ban hành cùng dành cho văn bản này, ngang nhau, nên không biết thẩm định theo bộ nào.",
            "Several issued packs are for this document alike, so which one is to judge it is not known.",
        ),
        Text(
            "Nhiều bộ quy tắc cùng dành cho kế hoạch này: huyen-a-2017, huyen-b-2017",
            "Several packs are for this plan alike: huyen-a-2017, huyen-b-2017",
        ),
        Text(
            "Chỉ rõ một bộ bằng --directive; hoặc cho bộ này nối vào bộ kia bằng extends.",
            "Name one of them with --directive; or let one extend the other.",
        ),
    ),
    "DR003": Code(
        Text(
            "Lựa chọn quy tắc (--select, --ignore hoặc cấu hình) không để lại quy tắc nào của bộ dành cho văn bản này. Không có gì "
            "được kiểm tra, nên không thể kết luận là đạt.",
            "The selection of rules (--select, --ignore or settings) leaves no rule of the pack that is for this document. Nothing is "
            "checked, so it can't be called compliant.",
        ),
        Text(
            "Mọi quy tắc của bộ dành cho kế hoạch này (huyen-minh-hoa-2017) đều bị tắt, nên chưa có kết luận",
            "Every rule of the pack that is for this plan (huyen-minh-hoa-2017) is switched off, so there is no verdict",
        ),
        Text(
            "Chọn thêm ít nhất một quy tắc của bộ đó, hoặc thẩm định riêng những văn bản này.",
            "Select at least one rule of that pack as well, or appraise these documents by themselves.",
        ),
    ),
    "DR004": Code(
        Text(
            "Cơ quan chỉ nhận bộ quy tắc đã niêm phong (require-seal), mà bộ này chưa có tệp niêm phong nào do khóa tin cậy ký.",
            "The office accepts only packs that are sealed (require-seal), and no sealed change by a trusted key vouches for this one.",
        ),
        Text(
            "Bộ quy tắc ben-tre-2017 (f40be7c706d0) chưa được niêm phong bởi khóa nào mà cơ quan tin cậy",
            "No key that this office trusts has sealed the pack ben-tre-2017 (f40be7c706d0)",
        ),
        Text(
            "Lấy tệp niêm phong từ nơi ban hành và đặt vào chỗ require-seal nêu; tin khóa bằng: thamdinh rules trust TỆP.pub TÊN.",
            "Get the sealed change from its issuer and put it where require-seal says; trust its key: thamdinh rules trust FILE.pub NAME.",
        ),
    ),
    "NT001": Code(
        Text(
            "Có tệp cấu hình (thamdinh.toml) nằm cùng hoặc ở phía trên các văn bản. Tệp đó không được áp dụng: cấu hình chỉ "
            "lấy từ --config, hoặc từ thư mục hiện tại trở lên.",
            "There is a settings file (thamdinh.toml) among or above the documents. It is not applied: settings come from --config, or "
            "from the current directory upwards, only.",
        ),
        Text(
            "Tệp cấu hình nằm cùng hoặc ở phía trên các văn bản không được áp dụng",
            "Settings among or above the documents not applied",
        ),
        Text(
            "Không cần làm gì; nếu đó là cấu hình của cơ quan thẩm định thì chỉ rõ: --config TỆP.",
            "Nothing is to be done; if they are your office's own, name them: --config FILE.",
        ),
    ),
    "NT002": Code(
        Text(
            "Có tệp miễn trừ nằm cùng hoặc ở phía trên các văn bản. Tệp đó không miễn trừ gì: miễn trừ chỉ lấy từ --waivers, từ "
            "cấu hình, hoặc từ waivers.yaml trong thư mục hiện tại.",
            "There is a file of waivers among or above the documents. It waives nothing: waivers come from --waivers, the settings, or "
            "waivers.yaml in the current directory, only.",
        ),
        Text(
            "Tệp miễn trừ nằm cùng hoặc ở phía trên các văn bản không được áp dụng, dù nêu 1 miễn trừ: TD501 (1)",
            "Waivers among or above the documents not applied, though they claim 1 exception: TD501 (1)",
        ),
        Text(
            "Không cần làm gì; nếu cấp có thẩm quyền đã cho miễn thì chỉ rõ tệp: --waivers TỆP.",
            "Nothing is to be done; if the competent committee granted them, name the file: --waivers FILE.",
        ),
    ),
    "NT003": Code(
        Text(
            "Có mốc (baseline) hoặc mẫu phiếu thẩm định nằm cùng các văn bản. Tệp đó không được áp dụng và không được thẩm định.",
            "There is a baseline or a template of the appraisal sheet among the documents. It is neither applied nor appraised.",
        ),
        Text(
            "Mốc (baseline) nằm cùng hoặc ở phía trên các văn bản không được áp dụng",
            "A baseline among or above the documents not applied",
        ),
        Text(
            "Không cần làm gì; nếu cần dùng thì chỉ rõ: --baseline TỆP hoặc --appraisal-template TỆP.",
            "Nothing is to be done; if it is to count, name it: --baseline FILE or --appraisal-template FILE.",
        ),
    ),
    "NT004": Code(
        Text(
            "Có tệp trong thư mục hoặc tệp nén không được đọc để thẩm định: tệp ẩn, tệp tạm, kết quả của chương trình, loại tệp "
            "không đọc được. Mỗi loại được đếm và nêu tên.",
            "Files in folders or archives were not read to be appraised: hidden or temporary ones, results of the program, kinds that are "
            "not read. Each kind is counted and named.",
        ),
        Text(
            "Bỏ qua 1 tệp thuộc loại chương trình không đọc (.pdf): quyet-dinh.pdf",
            "Passed over 1 file of a kind that is not read (.pdf): quyet-dinh.pdf",
        ),
        Text(
            "Xem danh sách; tệp nào cần thẩm định thì đổi tên hoặc lưu lại ở dạng đọc được rồi chạy lại.",
            "Look through the list; rename those that are to be appraised, or save them as a kind that is read, and run again.",
        ),
    ),
    "NT005": Code(
        Text(
            "Bộ quy tắc được chỉ rõ (--directive hoặc directive trong thamdinh.toml) đã thẩm định một văn bản mà nó không "
            "dành cho, xét theo nhiệm kỳ, ngày họp, loại hình và huyện.",
            "The pack that was named (--directive, or directive in thamdinh.toml) judged a document that it was not made for, by "
            "term, date, kind and district.",
        ),
        Text(
            "Bộ quy tắc ben-tre-2017 không dành cho kế hoạch này: dành cho nhiệm kỳ 2015-2020",
            "The pack ben-tre-2017 was not made for this plan: it is for the term 2015-2020",
        ),
        Text(
            "Chỉ dùng kết luận đó để tham khảo. Bỏ --directive để văn bản tự chọn bộ quy tắc đã ban hành cho mình.",
            "Take that verdict for information only. Leave out --directive, so that the document chooses the pack issued for it.",
        ),
    ),
    "NT006": Code(
        Text(
            "Biểu mẫu có nội dung mà người xem không thấy hoặc thấy đã bỏ: dòng, cột, trang bị ẩn, chữ ẩn, chữ gạch ngang, chữ quá "
            "nhỏ hoặc cùng màu nền, thay đổi được theo dõi. Nội dung đó vẫn được đọc.",
            "The form holds what nobody sees, or sees as taken out: hidden rows, columns and sheets, hidden, struck, tiny or faint "
            "text, tracked changes. It was read all the same.",
        ),
        Text("Trang bị ẩn vẫn được đọc: Thành phần!B4", "A hidden sheet was read: Thành phần!B4"),
        Text(
            "Bỏ ẩn và kiểm tra; nội dung không dùng thì xóa hẳn rồi chạy lại.",
            "Unhide it and check; delete what is not meant, and run again.",
        ),
    ),
    "NT007": Code(
        Text(
            "Ô hiện khác với giá trị lưu trong tệp, hoặc giá trị do công thức, trường tự tính đưa ra. Chương trình đọc giá trị đã lưu.",
            "A cell shows another value than the file holds, or a formula or field decides it. The stored value was read.",
        ),
        Text(
            "Ô hiện khác với giá trị lưu trong tệp, là giá trị được đọc: Kết quả!D4",
            "Cells show another value than is stored, and was read: Kết quả!D4",
        ),
        Text(
            "Kiểm tra lại giá trị đã đọc; để chắc chắn thì ghi thẳng giá trị vào ô.",
            "Check the value that was read; to be sure, write the value itself into the cell.",
        ),
    ),
    "NT008": Code(
        Text(
            "Tệp biểu mẫu có phần không thuộc mẫu và không có giá trị nào của văn bản, nên không được đọc.",
            "The form has something that is no part of it and holds no value of the document; it was not read.",
        ),
        Text(
            "Trang không thuộc mẫu nên không được đọc: Phụ lục!A1",
            "A sheet that is no part of the form was not read: Phụ lục!A1",
        ),
        Text(
            "Nếu phần đó có nội dung của văn bản thì chuyển vào bảng của mẫu; nếu không thì để nguyên.",
            "If it holds something of the document, move that into a table of the form; otherwise leave it.",
        ),
    ),
    "NT009": Code(
        Text(
            "Ô số thẻ có chữ hoặc dấu khác ngoài dãy số. Thẻ được nhận ra theo dãy số, dù chung quanh có chữ gì; không có "
            "dãy số nào thì theo cả ô.",
            "A party card is written with more than its number. It is known by the number, whatever stands around that; "
            "where there is none, by all that is written.",
        ),
        Text(
            "Ô {secret} của 1 {person} có chữ hoặc dấu khác ngoài dãy số; chỉ dãy số được tính là thẻ",
            "Party cards of 1 {person} are written with more than a number, which alone counts",
        ),
        Text(
            "Chỉ ghi dãy số của thẻ, ví dụ 83.012345; chưa có thẻ thì để trống.",
            "Write the number alone, such as 83.012345; leave it out where there is no card.",
        ),
    ),
    "NT010": Code(
        Text(
            "Tệp do một phần mở rộng cài thêm đọc, không phải do chương trình: kết luận dựa vào những gì phần mở rộng đó đọc được.",
            "A plug-in that was installed besides read the file, not the program itself: the verdict rests on what that made of it.",
        ),
        Text(
            "Tệp này do phần mở rộng “.toml” của gói thamdinh-toml 1.2 đọc, không phải do chương trình",
            "The plug-in “.toml” of the package thamdinh-toml 1.2 read this file, not the program itself",
        ),
        Text(
            "Nếu cơ quan không cài gói này thì đừng dùng kết luận; hỏi người quản trị máy.",
            "If your office did not install it, do not rely on the verdict; ask who looks after the machine.",
        ),
    ),
    "NT011": Code(
        Text(
            "Nội dung ghi tắt trong mẫu được đọc theo nghĩa duy nhất có thể có: “nt”, “như trên”, “cùng ngày”, hai giờ ghi "
            "chung một ô, danh xưng trước họ tên, họ tên xuống dòng, dòng tổng cộng, tiêu đề nhóm, phần nơi nhận, ký tên dưới "
            "bảng. Chỗ nào còn có thể hiểu cách khác thì không đọc mà nêu là lỗi.",
            "What a form has for short was read as the one thing it can mean: ditto marks, “cùng ngày” (the same day), two "
            "times in one cell, titles before names, names over two rows, rows with totals, titles of groups, recipients and "
            "signatures below a table. What could mean more is not read, but told as a problem.",
        ),
        Text(
            "“Như trên” (nt, ″) được đọc là nội dung của dòng ngay trên: Thành phần!E5",
            "Ditto marks were read as what stands above: Thành phần!E5",
        ),
        Text(
            "Kiểm tra lại những ô được nêu; ghi rõ nội dung nếu không phải vậy.",
            "Check the cells that are named, and write out what was meant otherwise.",
        ),
    ),
    "WV001": Code(
        Text(
            "Miễn trừ đã hết hạn nên không còn tác dụng: phát hiện được tính lại.",
            "A waiver has ended, so the finding counts again.",
        ),
        Text(
            "Miễn trừ TD501 cho Đảng bộ xã Phú Túc đã hết hạn ngày 31/12/2017, nên không còn tác dụng",
            "The waiver of TD501 for Đảng bộ xã Phú Túc ended on 31/12/2017",
        ),
        Text(
            "Xin gia hạn bằng văn bản mới rồi ghi lại số văn bản, ngày hết hiệu lực; hoặc khắc phục và bỏ dòng miễn trừ.",
            "Have it renewed in a new document and write its number and the last day; or mend what breaches the rule and drop the waiver.",
        ),
    ),
    "WV002": Code(
        Text(
            "Miễn trừ sẽ hết hạn trong vòng 14 ngày; đến lúc đó phát hiện được tính lại.",
            "A waiver ends within 14 days; from then on the finding counts again.",
        ),
        Text(
            "Miễn trừ TD501 cho Đảng bộ xã Phú Túc hết hạn ngày 31/12/2017 (còn 10 ngày)",
            "The waiver of TD501 for Đảng bộ xã Phú Túc ends on 31/12/2017 (10 days left)",
        ),
        Text(
            "Khắc phục, hoặc xin gia hạn trước ngày đó.",
            "Mend what breaches the rule, or have the waiver renewed before that day.",
        ),
    ),
    "WV003": Code(
        Text(
            "Miễn trừ không ứng với phát hiện nào: ghi sai đối tượng, tổ chức đảng, hoặc lỗi đã được khắc phục.",
            "A waiver matches no finding: its subject or organization is mistaken, or the breach is mended.",
        ),
        Text(
            "Miễn trừ TD501 cho Đảng bộ xã Phú Túc không ứng với phát hiện nào: TD501 không có phát hiện nào ở đó",
            "The waiver of TD501 for Đảng bộ xã Phú Túc matches no finding: there is no finding of TD501",
        ),
        Text(
            "Kiểm tra lại mã quy tắc, đối tượng, tổ chức đảng; nếu lỗi đã được khắc phục thì bỏ dòng này.",
            "Check rule, subject and organization; drop the waiver if the breach is mended.",
        ),
    ),
    "WV004": Code(
        Text(
            "Một số phát hiện trong mốc (--baseline) nay không còn.",
            "Findings of the baseline are gone.",
        ),
        Text(
            "2 phát hiện trong mốc ngày 18/12/2017 nay không còn (trước hết: TD101, Đảng bộ xã Phú Túc)",
            "2 findings of the baseline of 18/12/2017 gone (the first: TD101, Đảng bộ xã Phú Túc)",
        ),
        Text(
            "Ghi lại mốc bằng --write-baseline để các lỗi đã khắc phục không được bỏ qua nữa.",
            "Write the baseline anew with --write-baseline, so that what is mended is not passed over again.",
        ),
    ),
    "WV005": Code(
        Text(
            "Mốc (--baseline) không dùng được để nhận ra phát hiện cũ: do bản trước của chương trình ghi (chưa giữ căn cứ của từng "
            "phát hiện), hoặc được ghi bằng tệp khóa khác. Mọi phát hiện đều được tính.",
            "The baseline (--baseline) can't tell old findings: an earlier version of the program wrote it (without their evidence), "
            "or it was written with another key file. Every finding counts.",
        ),
        Text(
            "Mốc do bản cũ ghi, chưa giữ căn cứ của từng phát hiện, nên không bỏ qua phát hiện nào (1 phát hiện trong mốc đều được tính)",
            "The baseline is of an older version and holds no evidence, so every finding counts (1 finding in it)",
        ),
        Text(
            "Xem lại các phát hiện rồi ghi lại mốc bằng --write-baseline; hoặc dùng lại tệp khóa khi ghi mốc "
            "(THAMDINH_AUDIT_KEY_FILE).",
            "Look at the findings again and write the baseline anew with --write-baseline; or use the key file that it was written "
            "with (THAMDINH_AUDIT_KEY_FILE).",
        ),
    ),
    "WV006": Code(
        Text(
            "Miễn trừ này dành cho một quy tắc xét giữa nhiều văn bản. thamdinh waivers check thẩm định từng văn bản nên không "
            "biết miễn trừ đó có ứng với phát hiện nào không. Đây chỉ là lưu ý.",
            "This waiver is for a rule that is judged across documents. thamdinh waivers check judges each document by itself, so it can't "
            "know whether the waiver matches a finding. It is a notice only.",
        ),
        Text(
            "Miễn trừ TD507 cho Đảng bộ xã Phú Túc: TD507 xét giữa các văn bản, nên ở đây chưa biết có phát hiện nào ứng với nó không",
            "The waiver of TD507 for Đảng bộ xã Phú Túc: TD507 is judged across documents, so whether it matches a finding is not known here",
        ),
        Text(
            "Rà soát mọi văn bản bằng thamdinh audit: miễn trừ không ứng với phát hiện nào được nêu tên ở đó.",
            "Audit all documents with thamdinh audit: waivers that match no finding are named there.",
        ),
    ),
    "EN001": Code(
        Text(
            "Chương trình hoặc bộ máy quy tắc gặp sự cố trên văn bản này; đó không phải kết luận về văn bản.",
            "The program or its rule engine failed on this document; that is no verdict on it.",
        ),
        Text(
            "Bộ máy quy tắc gặp sự cố khi thẩm định văn bản này, nên chưa có kết luận (signal 11)",
            "The rule engine failed on this document, so there is no verdict (signal 11)",
        ),
        Text(
            "Chạy lại; nếu vẫn gặp, gửi tệp này cho bộ phận hỗ trợ. Chưa coi văn bản là đạt hay không đạt.",
            "Run again; if it persists, send this file to the maintainers. Count the document neither as compliant nor as not.",
        ),
    ),
    "EN002": Code(
        Text(
            "Khi đối chiếu (--cross-check), hai bộ máy quy tắc kết luận khác nhau về văn bản này: lỗi của chương trình, "
            "không phải của văn bản.",
            "When held against each other (--cross-check), the two rule engines differ on this document: a fault of the program, "
            "not of the document.",
        ),
        Text(
            "Hai bộ máy quy tắc (compiled và durable) kết luận khác nhau về văn bản này",
            "The two rule engines (compiled and durable) differ on this document",
        ),
        Text(
            "Chưa dùng kết quả của lần rà soát đó; gửi văn bản cho bộ phận hỗ trợ.",
            "Do not use the results of that audit yet; send the document to the maintainers.",
        ),
    ),
}
"""Every problem code and its page in `thamdinh explain`."""

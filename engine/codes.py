"""What the codes of problems mean, whatever input they are found in (docs/decisions/problem-codes.md)."""

from typing import Final

from .text import Text

CODES: Final[dict[str, Text]] = {
    "PL001": Text(
        "Tệp sai cú pháp (YAML, JSON hoặc TOML), nên chưa đọc được nội dung. Sửa đúng chỗ dòng:cột được nêu rồi chạy lại.",
        "The file is not well-formed YAML, JSON or TOML, so its content can't be read. Mend the place named and run again.",
    ),
    "PL002": Text(
        "Nội dung không đúng mẫu: thiếu mục, thừa mục, sai kiểu giá trị hoặc dùng từ ngoài danh mục. "
        "Thông báo nêu giá trị cần có và gợi ý từ gần đúng.",
        "The content does not fit the form: a key is missing or unknown, or a value is of the wrong type or not in its list. "
        "The message says what was expected and suggests the nearest word.",
    ),
    "PL003": Text(
        "Một mã được nhắc đến nhưng không có ở nơi khai báo (người không có trong participants, cấp ủy không có trong committees).",
        "An id is used that is declared nowhere (a person not among participants, a committee not among committees).",
    ),
    "PL004": Text(
        "Một mã được khai báo hai lần, nên không biết dòng nào đúng. Giữ một dòng, đặt mã khác cho dòng kia.",
        "An id is declared twice, so nobody can tell which row holds. Keep one row, give the other an id of its own.",
    ),
    "PL005": Text(
        "Thứ tự thời gian vô lý, ví dụ phiên họp kết thúc trước khi bắt đầu. Kiểm tra lại ngày, giờ.",
        "Times are out of order, such as a session that ends before it starts. Check the dates and times.",
    ),
    "PL006": Text(
        "Không đọc được tệp hoặc tệp không an toàn: không tồn tại, không có quyền, sai bảng mã, rỗng, quá lớn.",
        "The file can't be read or is not safe: missing, not permitted, in another encoding, empty, or too large.",
    ),
    "LY001": Text(
        "Bộ quy tắc nối vào bộ khác mà nới lỏng bộ đó: chỉ được siết chặt, thêm quy tắc, thêm khuyến nghị, trừ khi bộ trên ghi delegable: true.",
        "A pack that extends another would loosen it: it may only make it stricter and add to it, except where the upper one says delegable: true.",
    ),
    "DR001": Text(
        "Khi chọn tự động (--directive auto), không có bộ quy tắc nào dành cho tổ chức, nhiệm kỳ và ngày họp của kế hoạch.",
        "With --directive auto, no pack is for the plan's organisation, term and date.",
    ),
    "DR002": Text(
        "Khi chọn tự động (--directive auto), có nhiều bộ quy tắc ngang nhau cho kế hoạch. Chỉ rõ một bộ.",
        "With --directive auto, several packs are for the plan alike. Name one of them.",
    ),
    "WV001": Text(
        "Miễn trừ đã hết hạn nên không còn tác dụng: phát hiện được tính lại. Xin gia hạn bằng văn bản mới, hoặc khắc phục.",
        "A waiver has ended, so the finding counts again. Have it renewed in a new document, or mend the plan.",
    ),
    "WV002": Text(
        "Miễn trừ sẽ hết hạn trong vòng 14 ngày. Khắc phục hoặc xin gia hạn trước ngày đó.",
        "A waiver ends within 14 days. Mend the plan or have the waiver renewed before that day.",
    ),
    "WV003": Text(
        "Miễn trừ không ứng với phát hiện nào: ghi sai rule, subject, organization, hoặc lỗi đã được khắc phục.",
        "A waiver matches no finding: its rule, subject or organization is mistaken, or the breach is mended.",
    ),
    "WV004": Text(
        "Một số phát hiện trong mốc (--baseline) nay không còn. Ghi lại mốc để chúng không được bỏ qua nữa.",
        "Findings of the baseline are gone. Write it anew, so that they are not passed over again.",
    ),
    "EN001": Text(
        "Bộ máy quy tắc gặp sự cố trên kế hoạch này. Đây không phải lỗi của kế hoạch và không phải kết luận về kế hoạch.",
        "The rule engine failed on this plan. It is no fault of the plan and no verdict on it.",
    ),
    "EN002": Text(
        "Khi đối chiếu (--cross-check), hai bộ máy quy tắc kết luận khác nhau về kế hoạch này: lỗi của chương trình, "
        "không phải của kế hoạch. Chưa dùng kết quả của lần rà soát đó.",
        "When held against each other (--cross-check), the two rule engines differ on this plan: a fault of the program, "
        "not of the plan. Do not use the results of that audit yet.",
    ),
}
"""Every problem code and its page in `thamdinh explain`."""

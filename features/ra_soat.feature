# language: vi
@rà_soát
Tính năng: Rà soát nhiều kế hoạch cùng lúc
  Có những điều chỉ thấy được khi đặt các kế hoạch cạnh nhau. Người ở các kế hoạch khác nhau được nhận ra nhờ số thẻ đảng viên.

  @D11
  Quy tắc: D11 — Người tham gia nhiều cấp ủy được lấy phiếu ở cả cấp ủy có kế hoạch riêng

    @TD507 @ranh_giới
    Khung tình huống: Trần Thị Hoa còn là huyện ủy viên, kế hoạch của Huyện ủy lấy phiếu đối với thẻ <thẻ>
      Cho kế hoạch “Đảng bộ Phú Túc” đúng chỉ đạo của xã
      Và đại biểu “Trần Thị Hoa” có số thẻ đảng viên là 83.012345
      Và cấp ủy “Ban Chấp hành” có các cấp ủy viên sau:
        | mã đại biểu     | chức vụ trong cấp ủy | cấp ủy khác cùng tham gia |
        | Nguyễn Văn Bình | bí thư               |                           |
        | Trần Thị Hoa    | cấp ủy viên          | Huyện ủy Châu Thành       |
      Và kế hoạch “Đảng bộ huyện Châu Thành” đúng chỉ đạo của thị trấn
      Và cấp ủy “Ban Chấp hành” có tên cấp ủy là Huyện ủy Châu Thành
      Và đại biểu “Trần Thị Hoa” có số thẻ đảng viên là <thẻ>
      Và kế hoạch có các phiên họp sau:
        | phần của hội nghị    | giờ bắt đầu      | giờ kết thúc     |
        | tổng kết năm         | 29/12/2017 07:30 | 29/12/2017 11:00 |
        | sơ kết giữa nhiệm kỳ | 29/12/2017 13:30 | 29/12/2017 16:30 |
      Khi rà soát các kế hoạch
      Thì đối với kế hoạch “Đảng bộ Phú Túc”, <kết quả>
      Và đối với kế hoạch “Đảng bộ Phú Túc”, không có điều gì chưa đủ căn cứ kết luận
      Và đối với kế hoạch “Đảng bộ huyện Châu Thành”, không có phát hiện nào

      @đạt
      Dữ liệu: đúng thẻ ấy, viết cách nào cũng được
        | thẻ       | kết quả                |
        | 83.012345 | không có phát hiện nào |
        | 83012345  | không có phát hiện nào |

      @vi_phạm
      Dữ liệu: chỉ có người cùng tên mang thẻ khác
        | thẻ       | kết quả                                                                         |
        | 83.012346 | chỉ có lỗi TD507 về cấp ủy viên “Trần Thị Hoa” tại “Huyện ủy Châu Thành” |

    @TD507 @vi_phạm
    Tình huống: Kế hoạch của Huyện ủy không lấy phiếu đối với người mang thẻ ấy
      Cho kế hoạch “Đảng bộ Phú Túc” đúng chỉ đạo của xã
      Và đại biểu “Trần Thị Hoa” có số thẻ đảng viên là 83.012345
      Và cấp ủy “Ban Chấp hành” có các cấp ủy viên sau:
        | mã đại biểu     | chức vụ trong cấp ủy | cấp ủy khác cùng tham gia |
        | Nguyễn Văn Bình | bí thư               |                           |
        | Trần Thị Hoa    | cấp ủy viên          | Huyện ủy Châu Thành       |
      Và kế hoạch “Đảng bộ huyện Châu Thành” đúng chỉ đạo của thị trấn
      Và cấp ủy “Ban Chấp hành” có tên cấp ủy là Huyện ủy Châu Thành
      Và cấp ủy “Ban Chấp hành” có các cấp ủy viên sau:
        | mã đại biểu     | chức vụ trong cấp ủy |
        | Nguyễn Văn Bình | bí thư               |
      Và lần lấy phiếu “Ban Chấp hành” có những người được lấy phiếu là Nguyễn Văn Bình
      Khi rà soát các kế hoạch
      Thì đối với kế hoạch “Đảng bộ Phú Túc”, chỉ có lỗi TD507 về cấp ủy viên “Trần Thị Hoa” tại “Huyện ủy Châu Thành”
      Và đối với kế hoạch “Đảng bộ Phú Túc”, kết luận là chưa đạt
      Và đối với kế hoạch “Đảng bộ huyện Châu Thành”, không có phát hiện nào

    @TD507 @đạt @ranh_giới
    Tình huống: Không có kế hoạch của cấp ủy kia thì chưa đủ căn cứ, không phải là lỗi
      Cho kế hoạch “Đảng bộ Phú Túc” đúng chỉ đạo của xã
      Và đại biểu “Trần Thị Hoa” có số thẻ đảng viên là 83.012345
      Và cấp ủy “Ban Chấp hành” có các cấp ủy viên sau:
        | mã đại biểu     | chức vụ trong cấp ủy | cấp ủy khác cùng tham gia |
        | Nguyễn Văn Bình | bí thư               |                           |
        | Trần Thị Hoa    | cấp ủy viên          | Huyện ủy Châu Thành       |
      Khi rà soát các kế hoạch
      Thì đối với kế hoạch “Đảng bộ Phú Túc”, không có phát hiện nào
      Và đối với kế hoạch “Đảng bộ Phú Túc”, chưa đủ căn cứ kết luận TD507 về cấp ủy viên “Trần Thị Hoa” tại “Huyện ủy Châu Thành”, vì “không có kế hoạch nhiệm kỳ 2015-2020 nào của Huyện ủy Châu Thành”

    @TD507 @đạt @ranh_giới
    Tình huống: Tổ chức kia có nhiều cấp ủy mà không cấp ủy nào mang tên đã ghi
      Cho kế hoạch “Đảng bộ Phú Túc” đúng chỉ đạo của xã
      Và đại biểu “Trần Thị Hoa” có số thẻ đảng viên là 83.012345
      Và cấp ủy “Ban Chấp hành” có các cấp ủy viên sau:
        | mã đại biểu     | chức vụ trong cấp ủy | cấp ủy khác cùng tham gia   |
        | Nguyễn Văn Bình | bí thư               |                             |
        | Trần Thị Hoa    | cấp ủy viên          | Đảng bộ huyện Châu Thành    |
      Và kế hoạch “Đảng bộ huyện Châu Thành” đúng chỉ đạo của thị trấn
      Khi rà soát các kế hoạch
      Thì đối với kế hoạch “Đảng bộ Phú Túc”, không có phát hiện nào
      Và đối với kế hoạch “Đảng bộ Phú Túc”, chưa đủ căn cứ kết luận TD507 về cấp ủy viên “Trần Thị Hoa” tại “Đảng bộ huyện Châu Thành”, vì “có 2 cấp ủy, không cấp ủy nào mang tên này”

    @TD507 @đạt @ranh_giới
    Tình huống: Cấp ủy khác ở ngay trong kế hoạch này thì xét theo mã đại biểu, không cần số thẻ
      Cho kế hoạch “Đảng bộ Phú Túc” đúng chỉ đạo của xã
      Và cấp ủy “Ban Chấp hành” có các cấp ủy viên sau:
        | mã đại biểu     | chức vụ trong cấp ủy | cấp ủy khác cùng tham gia |
        | Nguyễn Văn Bình | bí thư               |                           |
        | Trần Thị Hoa    | cấp ủy viên          | Chi ủy Chi bộ Văn phòng   |
      Khi rà soát các kế hoạch
      Thì đối với kế hoạch “Đảng bộ Phú Túc”, không có phát hiện nào
      Và đối với kế hoạch “Đảng bộ Phú Túc”, không có điều gì chưa đủ căn cứ kết luận

    @TD507 @vi_phạm @ranh_giới
    Khung tình huống: Cấp ủy khác ở ngay trong kế hoạch này mà không lấy phiếu đối với người ấy (<số thẻ>)
      Cho kế hoạch “Đảng bộ Phú Túc” đúng chỉ đạo của xã
      Và đại biểu “Nguyễn Văn Bình” <số thẻ>
      Và cấp ủy “Ban Chấp hành” có các cấp ủy viên sau:
        | mã đại biểu     | chức vụ trong cấp ủy | cấp ủy khác cùng tham gia |
        | Nguyễn Văn Bình | bí thư               | Chi ủy Chi bộ Văn phòng   |
        | Trần Thị Hoa    | cấp ủy viên          |                           |
      Khi rà soát các kế hoạch
      Thì đối với kế hoạch “Đảng bộ Phú Túc”, chỉ có lỗi TD507 về cấp ủy viên “Nguyễn Văn Bình” tại “Chi ủy Chi bộ Văn phòng”
      Và đối với kế hoạch “Đảng bộ Phú Túc”, không có điều gì chưa đủ căn cứ kết luận

      Dữ liệu:
        | số thẻ                             |
        | không ghi số thẻ đảng viên         |
        | có số thẻ đảng viên là 83.012345   |

    @TD507 @đạt @ranh_giới
    Tình huống: Không ghi số thẻ thì chưa đủ căn cứ
      Cho kế hoạch “Đảng bộ Phú Túc” đúng chỉ đạo của xã
      Và cấp ủy “Ban Chấp hành” có các cấp ủy viên sau:
        | mã đại biểu     | chức vụ trong cấp ủy | cấp ủy khác cùng tham gia |
        | Nguyễn Văn Bình | bí thư               |                           |
        | Trần Thị Hoa    | cấp ủy viên          | Huyện ủy Châu Thành       |
      Và kế hoạch “Đảng bộ huyện Châu Thành” đúng chỉ đạo của thị trấn
      Và cấp ủy “Ban Chấp hành” có tên cấp ủy là Huyện ủy Châu Thành
      Và đại biểu “Trần Thị Hoa” có số thẻ đảng viên là 83.012345
      Khi rà soát các kế hoạch
      Thì đối với kế hoạch “Đảng bộ Phú Túc”, không có phát hiện nào
      Và đối với kế hoạch “Đảng bộ Phú Túc”, chưa đủ căn cứ kết luận TD507 về cấp ủy viên “Trần Thị Hoa” tại “Huyện ủy Châu Thành”

    @TD507 @đạt @ranh_giới
    Tình huống: Cấp ủy kia lấy phiếu đối với người cùng tên không ghi số thẻ thì chưa đủ căn cứ
      Cho kế hoạch “Đảng bộ Phú Túc” đúng chỉ đạo của xã
      Và đại biểu “Trần Thị Hoa” có số thẻ đảng viên là 83.012345
      Và cấp ủy “Ban Chấp hành” có các cấp ủy viên sau:
        | mã đại biểu     | chức vụ trong cấp ủy | cấp ủy khác cùng tham gia |
        | Nguyễn Văn Bình | bí thư               |                           |
        | Trần Thị Hoa    | cấp ủy viên          | Huyện ủy Châu Thành       |
      Và kế hoạch “Đảng bộ huyện Châu Thành” đúng chỉ đạo của thị trấn
      Và cấp ủy “Ban Chấp hành” có tên cấp ủy là Huyện ủy Châu Thành
      Khi rà soát các kế hoạch
      Thì đối với kế hoạch “Đảng bộ Phú Túc”, không có phát hiện nào
      Và đối với kế hoạch “Đảng bộ Phú Túc”, chưa đủ căn cứ kết luận TD507 về cấp ủy viên “Trần Thị Hoa” tại “Huyện ủy Châu Thành”

    @TD507 @đạt @ranh_giới
    Tình huống: Đã có phiếu đối với đúng thẻ ấy thì người cùng tên không ghi số thẻ không làm thiếu căn cứ
      Cho kế hoạch “Đảng bộ Phú Túc” đúng chỉ đạo của xã
      Và đại biểu “Trần Thị Hoa” có số thẻ đảng viên là 83.012345
      Và cấp ủy “Ban Chấp hành” có các cấp ủy viên sau:
        | mã đại biểu     | chức vụ trong cấp ủy | cấp ủy khác cùng tham gia |
        | Nguyễn Văn Bình | bí thư               |                           |
        | Trần Thị Hoa    | cấp ủy viên          | Huyện ủy Châu Thành       |
      Và kế hoạch “Đảng bộ huyện Châu Thành” đúng chỉ đạo của thị trấn
      Và cấp ủy “Ban Chấp hành” có tên cấp ủy là Huyện ủy Châu Thành
      Và đại biểu “Trần Thị Hoa” có số thẻ đảng viên là 83.012345
      Và đại biểu “Lê Văn Sáu” có họ và tên là Trần Thị Hoa
      Và cấp ủy “Ban Chấp hành” có thêm các cấp ủy viên sau:
        | mã đại biểu | chức vụ trong cấp ủy |
        | Lê Văn Sáu  | cấp ủy viên          |
      Và lần lấy phiếu “Ban Chấp hành” có những người được lấy phiếu là Nguyễn Văn Bình; Trần Thị Hoa; Lê Văn Sáu
      Và kế hoạch có các phiên họp sau:
        | phần của hội nghị    | giờ bắt đầu      | giờ kết thúc     |
        | tổng kết năm         | 29/12/2017 07:30 | 29/12/2017 11:00 |
        | sơ kết giữa nhiệm kỳ | 29/12/2017 13:30 | 29/12/2017 16:30 |
      Khi rà soát các kế hoạch
      Thì đối với kế hoạch “Đảng bộ Phú Túc”, không có phát hiện nào
      Và đối với kế hoạch “Đảng bộ Phú Túc”, không có điều gì chưa đủ căn cứ kết luận

    @TD507 @đạt @ranh_giới
    Khung tình huống: Hai tổ chức có cấp ủy cùng tên, một nơi lấy phiếu đối với thẻ <thẻ>
      Cho kế hoạch “Đảng bộ Phú Túc” đúng chỉ đạo của xã
      Và đại biểu “Trần Thị Hoa” có số thẻ đảng viên là 83.012345
      Và cấp ủy “Ban Chấp hành” có các cấp ủy viên sau:
        | mã đại biểu     | chức vụ trong cấp ủy | cấp ủy khác cùng tham gia |
        | Nguyễn Văn Bình | bí thư               |                           |
        | Trần Thị Hoa    | cấp ủy viên          | Huyện ủy Châu Thành       |
      Và kế hoạch “Đảng bộ huyện Châu Thành” đúng chỉ đạo của thị trấn
      Và cấp ủy “Ban Chấp hành” có tên cấp ủy là Huyện ủy Châu Thành
      Và đại biểu “Trần Thị Hoa” có số thẻ đảng viên là <thẻ>
      Và hội nghị họp 0 buổi liên tiếp
      Và kế hoạch “Đảng bộ huyện Châu Thành, tỉnh khác” đúng chỉ đạo của thị trấn
      Và cấp ủy “Ban Chấp hành” có tên cấp ủy là Huyện ủy Châu Thành
      Và đại biểu “Trần Thị Hoa” có số thẻ đảng viên là 83.999999
      Khi rà soát các kế hoạch
      Thì đối với kế hoạch “Đảng bộ Phú Túc”, không có phát hiện nào
      Và đối với kế hoạch “Đảng bộ Phú Túc”, <căn cứ>

      Dữ liệu:
        | thẻ       | căn cứ                                                                                             |
        | 83.012345 | không có điều gì chưa đủ căn cứ kết luận                                                           |
        | 83.012346 | chưa đủ căn cứ kết luận TD507 về cấp ủy viên “Trần Thị Hoa” tại “Huyện ủy Châu Thành” |

    @TD507 @đạt @ngoại_lệ
    Khung tình huống: Cấp ủy kia thuộc <lực lượng>, lấy phiếu theo chỉ đạo của ngành
      Cho kế hoạch “Đảng bộ Phú Túc” đúng chỉ đạo của xã
      Và đại biểu “Trần Thị Hoa” có số thẻ đảng viên là 83.012345
      Và cấp ủy “Ban Chấp hành” có các cấp ủy viên sau:
        | mã đại biểu     | chức vụ trong cấp ủy | cấp ủy khác cùng tham gia |
        | Nguyễn Văn Bình | bí thư               |                           |
        | Trần Thị Hoa    | cấp ủy viên          | Đảng ủy ngành             |
      Và kế hoạch “Đảng bộ ngành” đúng chỉ đạo của <lực lượng>
      Và cấp ủy “Ban Chấp hành” có tên cấp ủy là Đảng ủy ngành
      Và đại biểu “Trần Thị Hoa” có số thẻ đảng viên là 83.999999
      Khi rà soát các kế hoạch
      Thì đối với kế hoạch “Đảng bộ Phú Túc”, không có phát hiện nào
      Và đối với kế hoạch “Đảng bộ Phú Túc”, chưa đủ căn cứ kết luận TD507 về cấp ủy viên “Trần Thị Hoa” tại “Đảng ủy ngành”

      Dữ liệu:
        | lực lượng         |
        | Công an           |
        | Quân sự           |
        | Bộ đội Biên phòng |

    @TD507 @đạt @ngoại_lệ @D15
    Khung tình huống: Kế hoạch của <lực lượng> không bị xét điều này
      Cho kế hoạch “Đảng bộ ngành” đúng chỉ đạo của <lực lượng>
      Và đại biểu “Trần Thị Hoa” có số thẻ đảng viên là 83.012345
      Và cấp ủy “Ban Chấp hành” có các cấp ủy viên sau:
        | mã đại biểu     | chức vụ trong cấp ủy | cấp ủy khác cùng tham gia |
        | Nguyễn Văn Bình | bí thư               |                           |
        | Trần Thị Hoa    | cấp ủy viên          | Huyện ủy Châu Thành       |
      Và kế hoạch “Đảng bộ huyện Châu Thành” đúng chỉ đạo của thị trấn
      Và cấp ủy “Ban Chấp hành” có tên cấp ủy là Huyện ủy Châu Thành
      Và đại biểu “Trần Thị Hoa” có số thẻ đảng viên là 83.999999
      Khi rà soát các kế hoạch
      Thì đối với kế hoạch “Đảng bộ ngành”, không có phát hiện nào
      Và đối với kế hoạch “Đảng bộ ngành”, không có điều gì chưa đủ căn cứ kết luận

      Dữ liệu:
        | lực lượng         |
        | Công an           |
        | Quân sự           |
        | Bộ đội Biên phòng |

  @D1 @D2
  Quy tắc: D1, D2 — Mỗi tổ chức gửi một kế hoạch, cho một hội nghị

    @TD801 @D15 @vi_phạm @ranh_giới
    Khung tình huống: Cùng một kế hoạch gửi hai lần (<loại hình>)
      Cho kế hoạch “Đảng bộ Phú Túc” đúng chỉ đạo của <loại hình>
      Và bản gửi lại “bản thứ hai” của kế hoạch “Đảng bộ Phú Túc”
      Khi rà soát các kế hoạch
      Thì đối với kế hoạch “Đảng bộ Phú Túc”, chỉ có cảnh báo TD801 về kế hoạch
      Và đối với kế hoạch “bản thứ hai”, chỉ có cảnh báo TD801 về kế hoạch
      Và đối với kế hoạch “bản thứ hai”, kết luận là đạt

      Dữ liệu:
        | loại hình          |
        | xã                 |
        | đảng bộ ngành tỉnh |
        | Công an            |

    @TD801 @TD802 @D15 @đạt @ranh_giới
    Tình huống: Hai tổ chức khác nhau gửi kế hoạch giống nhau
      Cho kế hoạch “Đảng bộ Phú Túc” đúng chỉ đạo của xã
      Và kế hoạch “Đảng bộ An Hiệp” đúng chỉ đạo của xã
      Khi rà soát các kế hoạch
      Thì đối với kế hoạch “Đảng bộ Phú Túc”, không có phát hiện nào
      Và đối với kế hoạch “Đảng bộ An Hiệp”, không có phát hiện nào

    @TD802 @vi_phạm @ranh_giới
    Tình huống: Một tổ chức có hai kế hoạch khác nhau
      Cho kế hoạch “Đảng bộ Phú Túc” đúng chỉ đạo của xã
      Và bản gửi lại “bản thứ hai” của kế hoạch “Đảng bộ Phú Túc”
      Và kế hoạch có địa điểm là Nhà văn hóa xã
      Khi rà soát các kế hoạch
      Thì đối với kế hoạch “Đảng bộ Phú Túc”, chỉ có cảnh báo TD802 về kế hoạch
      Và đối với kế hoạch “bản thứ hai”, chỉ có cảnh báo TD802 về kế hoạch

    @TD802 @đạt @ranh_giới
    Tình huống: Cùng tên nhưng khác cấp ủy cấp trên trực tiếp thì là tổ chức khác
      Cho kế hoạch “Đảng bộ Phú Túc” đúng chỉ đạo của xã
      Và bản gửi lại “bản thứ hai” của kế hoạch “Đảng bộ Phú Túc”
      Và kế hoạch có cấp ủy cấp trên trực tiếp là Huyện ủy Ba Tri
      Khi rà soát các kế hoạch
      Thì đối với kế hoạch “Đảng bộ Phú Túc”, không có phát hiện nào
      Và đối với kế hoạch “bản thứ hai”, không có phát hiện nào của TD802

    @TD802 @đạt @ranh_giới
    Tình huống: Kế hoạch nhiệm kỳ khác không thuộc chỉ đạo này, nên không tính là hội nghị thứ hai
      Cho kế hoạch “Đảng bộ Phú Túc” đúng chỉ đạo của xã
      Và bản gửi lại “bản thứ hai” của kế hoạch “Đảng bộ Phú Túc”
      Và kế hoạch có nhiệm kỳ là 2020-2025
      Khi rà soát các kế hoạch
      Thì đối với kế hoạch “Đảng bộ Phú Túc”, không có phát hiện nào
      Và đối với kế hoạch “bản thứ hai”, kế hoạch không hợp lệ, mã DR001

    @TD802 @D15 @đạt @ngoại_lệ
    Tình huống: Lực lượng vũ trang theo ngành mình nên có thể họp hai hội nghị
      Cho kế hoạch “Đảng bộ Công an huyện” đúng chỉ đạo của Công an
      Và bản gửi lại “bản thứ hai” của kế hoạch “Đảng bộ Công an huyện”
      Và kế hoạch có địa điểm là Hội trường Công an huyện
      Khi rà soát các kế hoạch
      Thì đối với kế hoạch “Đảng bộ Công an huyện”, không có phát hiện nào
      Và đối với kế hoạch “bản thứ hai”, không có phát hiện nào

  @D6
  Quy tắc: D6 — Người được triệu tập không phải dự hai hội nghị cùng một buổi

    @TD803 @ranh_giới
    Khung tình huống: Kế hoạch kia có người mang cùng số thẻ dự phiên cùng buổi hoặc khác buổi (<bắt đầu> đến <kết thúc>)
      Cho kế hoạch “Đảng bộ Phú Túc” đúng chỉ đạo của xã
      Và đại biểu “Trần Thị Hoa” có số thẻ đảng viên là 83.012345
      Và kế hoạch “Chi bộ Sở Tư pháp” đúng chỉ đạo của chi bộ ngành tỉnh
      Và đại biểu “Nguyễn Văn Bình” có số thẻ đảng viên là 83.012345
      Và kế hoạch có các phiên họp sau:
        | phần của hội nghị    | giờ bắt đầu | giờ kết thúc |
        | sơ kết giữa nhiệm kỳ | <bắt đầu>   | <kết thúc>   |
      Khi rà soát các kế hoạch
      Thì đối với kế hoạch “Đảng bộ Phú Túc”, <ở xã>
      Và đối với kế hoạch “Chi bộ Sở Tư pháp”, <ở sở>

      @vi_phạm
      Dữ liệu: trùng một buổi
        | bắt đầu          | kết thúc         | ở xã                                                            | ở sở                                                               |
        | 28/12/2017 09:00 | 28/12/2017 10:00 | chỉ có khuyến nghị TD803 về lịch dự của đại biểu “Trần Thị Hoa” | chỉ có khuyến nghị TD803 về lịch dự của đại biểu “Nguyễn Văn Bình” |
        | 28/12/2017 17:00 | 28/12/2017 18:00 | chỉ có khuyến nghị TD803 về lịch dự của đại biểu “Trần Thị Hoa” | chỉ có khuyến nghị TD803 về lịch dự của đại biểu “Nguyễn Văn Bình” |

      @đạt
      Dữ liệu: ngày khác
        | bắt đầu          | kết thúc         | ở xã                   | ở sở                   |
        | 29/12/2017 07:30 | 29/12/2017 11:00 | không có phát hiện nào | không có phát hiện nào |

    @TD803 @đạt
    Khung tình huống: Cùng buổi nhưng người ấy <vì sao>
      Cho kế hoạch “Đảng bộ Phú Túc” đúng chỉ đạo của xã
      Và đại biểu “Phạm Thị Út” có số thẻ đảng viên là 83.012345
      Và kế hoạch “Đảng bộ An Hiệp” đúng chỉ đạo của xã
      Và đại biểu “Phạm Thị Út” <thay đổi>
      Khi rà soát các kế hoạch
      Thì đối với kế hoạch “Đảng bộ Phú Túc”, không có phát hiện nào
      Và đối với kế hoạch “Đảng bộ An Hiệp”, không có phát hiện nào

      Dữ liệu:
        | vì sao               | thay đổi                               |
        | không ghi số thẻ     | không ghi số thẻ đảng viên             |
        | mang số thẻ khác     | có số thẻ đảng viên là 83.012346       |

    @TD803 @D15 @vi_phạm @ngoại_lệ
    Khung tình huống: Hội nghị kia của <lực lượng> thì chỉ nêu ở kế hoạch của xã
      Cho kế hoạch “Đảng bộ Phú Túc” đúng chỉ đạo của xã
      Và đại biểu “Trần Thị Hoa” có số thẻ đảng viên là 83.012345
      Và kế hoạch “Đảng bộ ngành” đúng chỉ đạo của <lực lượng>
      Và đại biểu “Nguyễn Văn Bình” có số thẻ đảng viên là 83.012345
      Khi rà soát các kế hoạch
      Thì đối với kế hoạch “Đảng bộ Phú Túc”, chỉ có khuyến nghị TD803 về lịch dự của đại biểu “Trần Thị Hoa”
      Và đối với kế hoạch “Đảng bộ ngành”, không có phát hiện nào

      Dữ liệu:
        | lực lượng         |
        | Công an           |
        | Quân sự           |
        | Bộ đội Biên phòng |

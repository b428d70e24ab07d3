# language: vi
Tính năng: Lấy phiếu tín nhiệm
  Kế hoạch gốc có hai cấp ủy: “Ban Chấp hành” (Nguyễn Văn Bình làm bí thư, Trần Thị Hoa là cấp ủy viên) và
  “Chi ủy Văn phòng” (Trần Thị Hoa làm bí thư, Lê Văn Sáu là cấp ủy viên).

  @D10
  Quy tắc: D10 — Lấy phiếu tín nhiệm đối với từng cấp ủy viên

    @TD501 @đạt
    Tình huống: Đủ phiếu đối với mọi cấp ủy viên của mọi cấp ủy
      Cho một kế hoạch đúng chỉ đạo của xã
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào của TD501, TD502, TD503, TD504, TD505
      Và kết luận là đạt

    @TD501 @vi_phạm @ranh_giới
    Khung tình huống: Sót một người (<sót>), kể cả bí thư
      Cho một kế hoạch đúng chỉ đạo của xã
      Và lần lấy phiếu “Ban Chấp hành” có những người được lấy phiếu là <có>
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD501 về cấp ủy viên “<sót>” tại “Ban Chấp hành”

      Dữ liệu:
        | có              | sót             |
        | Nguyễn Văn Bình | Trần Thị Hoa    |
        | Trần Thị Hoa    | Nguyễn Văn Bình |

    @TD501 @vi_phạm
    Khung tình huống: Người có chức vụ nào cũng phải được lấy phiếu (<chức vụ>)
      Cho một kế hoạch đúng chỉ đạo của xã
      Và cấp ủy “Ban Chấp hành” có thêm các cấp ủy viên sau:
        | mã đại biểu | chức vụ trong cấp ủy |
        | Lê Văn Sáu  | <chức vụ>            |
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD501 về cấp ủy viên “Lê Văn Sáu” tại “Ban Chấp hành”

      Dữ liệu:
        | chức vụ               |
        | phó bí thư            |
        | ủy viên ban thường vụ |
        | cấp ủy viên           |

    @TD501 @vi_phạm
    Tình huống: Không có phiếu nào thì mỗi cấp ủy viên là một phát hiện
      Cho một kế hoạch đúng chỉ đạo của xã
      Và lần lấy phiếu “Ban Chấp hành” không ghi những người được lấy phiếu
      Khi thẩm định kế hoạch
      Thì chỉ có các phát hiện sau:
        | mức độ | quy tắc | về                                              |
        | lỗi    | TD501   | cấp ủy viên “Nguyễn Văn Bình” tại “Ban Chấp hành” |
        | lỗi    | TD501   | cấp ủy viên “Trần Thị Hoa” tại “Ban Chấp hành”    |

    @TD501 @đạt
    Tình huống: Phiếu đối với người không phải cấp ủy viên không làm thay đổi gì
      Cho một kế hoạch đúng chỉ đạo của xã
      Và lần lấy phiếu “Ban Chấp hành” có những người được lấy phiếu là Nguyễn Văn Bình; Trần Thị Hoa; Phạm Thị Út
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

  @D11
  Quy tắc: D11 — Người tham gia nhiều cấp ủy được lấy phiếu ở từng cấp ủy

    @TD501 @vi_phạm @ranh_giới
    Khung tình huống: Phiếu ở cấp ủy này không thay được cho cấp ủy kia (thiếu ở <thiếu>)
      Cho một kế hoạch đúng chỉ đạo của xã
      Và lần lấy phiếu “<thiếu>” có những người được lấy phiếu là <người khác>
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD501 về cấp ủy viên “Trần Thị Hoa” tại “<thiếu>”

      Dữ liệu:
        | thiếu            | người khác      |
        | Ban Chấp hành    | Nguyễn Văn Bình |
        | Chi ủy Văn phòng | Lê Văn Sáu      |

    @TD501 @đạt
    Tình huống: Người ở hai cấp ủy được lấy phiếu ở cả hai
      Cho một kế hoạch đúng chỉ đạo của xã
      Và cấp ủy “Ban Chấp hành” có thêm các cấp ủy viên sau:
        | mã đại biểu | chức vụ trong cấp ủy |
        | Lê Văn Sáu  | cấp ủy viên          |
      Và lần lấy phiếu “Ban Chấp hành” có những người được lấy phiếu là Nguyễn Văn Bình; Trần Thị Hoa; Lê Văn Sáu
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

    @TD501 @TD502 @TD503 @TD504 @vi_phạm
    Tình huống: Một cấp ủy không lấy phiếu thì thiếu mọi việc của lần lấy phiếu
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch không có lần lấy phiếu “Chi ủy Văn phòng”
      Khi thẩm định kế hoạch
      Thì chỉ có các phát hiện sau:
        | mức độ   | quy tắc | về                                                             |
        | lỗi      | TD501   | cấp ủy viên “Trần Thị Hoa” tại “Chi ủy Văn phòng”              |
        | lỗi      | TD501   | cấp ủy viên “Lê Văn Sáu” tại “Chi ủy Văn phòng”                |
        | lỗi      | TD502   | cấp ủy “Chi ủy Văn phòng”                                      |
        | cảnh báo | TD503   | cấp ủy “Chi ủy Văn phòng”                                      |
        | lỗi      | TD504   | việc công khai của “Chi ủy Văn phòng” ở cấp ủy cùng cấp          |
        | lỗi      | TD504   | việc công khai của “Chi ủy Văn phòng” ở cấp ủy cấp trên trực tiếp |

  @D12
  Quy tắc: D12 — Bí thư trực tiếp quán triệt đầy đủ mục đích, yêu cầu của việc lấy phiếu

    @TD502 @đạt
    Tình huống: Bí thư quán triệt đủ hai nội dung, theo thứ tự nào cũng được
      Cho một kế hoạch đúng chỉ đạo của xã
      Và lần lấy phiếu “Ban Chấp hành” có nội dung quán triệt là yêu cầu; mục đích
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

    @TD502 @vi_phạm @ranh_giới
    Khung tình huống: Chỉ quán triệt một nội dung (<nội dung>)
      Cho một kế hoạch đúng chỉ đạo của xã
      Và lần lấy phiếu “Ban Chấp hành” có nội dung quán triệt là <nội dung>
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD502 về cấp ủy “Ban Chấp hành”

      Dữ liệu:
        | nội dung |
        | mục đích |
        | yêu cầu  |

    @TD502 @vi_phạm
    Tình huống: Không quán triệt nội dung nào
      Cho một kế hoạch đúng chỉ đạo của xã
      Và lần lấy phiếu “Ban Chấp hành” không ghi nội dung quán triệt
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD502 về cấp ủy “Ban Chấp hành”

    @TD502 @vi_phạm
    Tình huống: Không ghi ai quán triệt
      Cho một kế hoạch đúng chỉ đạo của xã
      Và lần lấy phiếu “Chi ủy Văn phòng” không ghi người quán triệt
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD502 về cấp ủy “Chi ủy Văn phòng”

    @TD502 @vi_phạm @ranh_giới
    Khung tình huống: Người quán triệt không phải bí thư (<chức vụ>)
      Cho một kế hoạch đúng chỉ đạo của xã
      Và cấp ủy “Ban Chấp hành” có các cấp ủy viên sau:
        | mã đại biểu     | chức vụ trong cấp ủy |
        | Nguyễn Văn Bình | bí thư               |
        | Trần Thị Hoa    | <chức vụ>            |
      Và lần lấy phiếu “Ban Chấp hành” có người quán triệt là Trần Thị Hoa
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD502 về cấp ủy “Ban Chấp hành”

      Dữ liệu:
        | chức vụ               |
        | phó bí thư            |
        | ủy viên ban thường vụ |
        | cấp ủy viên           |

    @TD502 @vi_phạm
    Tình huống: Bí thư của cấp ủy khác quán triệt thay
      Cho một kế hoạch đúng chỉ đạo của xã
      Và lần lấy phiếu “Chi ủy Văn phòng” có người quán triệt là Nguyễn Văn Bình
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD502 về cấp ủy “Chi ủy Văn phòng”

  @D13
  Quy tắc: D13 — Phiếu được phát sớm, chậm nhất lúc bắt đầu phiên đầu tiên

    @TD503 @ranh_giới
    Khung tình huống: Phiếu phát trước, đúng hoặc sau giờ khai mạc 7 giờ 30 (<giờ phát>)
      Cho một kế hoạch đúng chỉ đạo của xã
      Và lần lấy phiếu “Ban Chấp hành” có giờ phát phiếu là <giờ phát>
      Khi thẩm định kế hoạch
      Thì <kết quả>

      @đạt
      Dữ liệu: trước hoặc đúng giờ khai mạc
        | giờ phát         | kết quả                |
        | 20/12/2017 14:00 | không có phát hiện nào |
        | 28/12/2017 07:29 | không có phát hiện nào |
        | 28/12/2017 07:30 | không có phát hiện nào |

      @vi_phạm
      Dữ liệu: sau giờ khai mạc
        | giờ phát         | kết quả                                          |
        | 28/12/2017 07:31 | chỉ có cảnh báo TD503 về cấp ủy “Ban Chấp hành” |
        | 28/12/2017 13:00 | chỉ có cảnh báo TD503 về cấp ủy “Ban Chấp hành” |

    @TD503 @vi_phạm
    Tình huống: Phiên đầu tiên là phiên sớm nhất, không phải phiên ghi trước
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch có các phiên họp sau:
        | phần của hội nghị    | giờ bắt đầu      | giờ kết thúc     |
        | sơ kết giữa nhiệm kỳ | 28/12/2017 13:30 | 28/12/2017 16:30 |
        | tổng kết năm         | 28/12/2017 07:30 | 28/12/2017 11:00 |
      Và lần lấy phiếu “Chi ủy Văn phòng” có giờ phát phiếu là 28/12/2017 07:31
      Khi thẩm định kế hoạch
      Thì chỉ có cảnh báo TD503 về cấp ủy “Chi ủy Văn phòng”

    @TD503 @vi_phạm
    Tình huống: Không ghi giờ phát phiếu; cảnh báo không làm kế hoạch chưa đạt
      Cho một kế hoạch đúng chỉ đạo của xã
      Và lần lấy phiếu “Ban Chấp hành” không ghi giờ phát phiếu
      Khi thẩm định kế hoạch
      Thì chỉ có cảnh báo TD503 về cấp ủy “Ban Chấp hành”
      Và kết luận là đạt

  @D14
  Quy tắc: D14 — Sau kiểm phiếu, kết quả được công khai ở cấp ủy cùng cấp và cấp ủy cấp trên trực tiếp

    @TD504 @đạt
    Tình huống: Công khai ở cả hai nơi, nơi nào trước cũng được
      Cho một kế hoạch đúng chỉ đạo của xã
      Và lần lấy phiếu “Ban Chấp hành” có các lần công khai sau:
        | nơi công khai                | giờ công khai      |
        | cấp ủy cấp trên trực tiếp  | 28/12/2017 16:10 |
        | cấp ủy cùng cấp            | 28/12/2017 16:20 |
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

    @TD504 @vi_phạm @ranh_giới
    Khung tình huống: Chỉ công khai ở một nơi, dù nhiều lần (thiếu <nơi thiếu>)
      Cho một kế hoạch đúng chỉ đạo của xã
      Và lần lấy phiếu “Ban Chấp hành” có các lần công khai sau:
        | nơi công khai | giờ công khai      |
        | <nơi có>    | 28/12/2017 16:20 |
        | <nơi có>    | 29/12/2017 08:00 |
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD504 về việc công khai của “Ban Chấp hành” ở <nơi thiếu>

      Dữ liệu:
        | nơi có                    | nơi thiếu                 |
        | cấp ủy cùng cấp           | cấp ủy cấp trên trực tiếp |
        | cấp ủy cấp trên trực tiếp | cấp ủy cùng cấp           |

    @TD504 @vi_phạm
    Tình huống: Không công khai ở đâu
      Cho một kế hoạch đúng chỉ đạo của xã
      Và lần lấy phiếu “Chi ủy Văn phòng” không có lần công khai nào
      Khi thẩm định kế hoạch
      Thì chỉ có các phát hiện sau:
        | mức độ | quy tắc | về                                                              |
        | lỗi    | TD504   | việc công khai của “Chi ủy Văn phòng” ở cấp ủy cùng cấp           |
        | lỗi    | TD504   | việc công khai của “Chi ủy Văn phòng” ở cấp ủy cấp trên trực tiếp |

    @TD505 @ranh_giới
    Khung tình huống: Công khai trước, đúng hoặc sau lúc kiểm phiếu xong (<giờ công khai>, <nơi>)
      Cho một kế hoạch đúng chỉ đạo của xã
      Và lần lấy phiếu “Ban Chấp hành” có các lần công khai sau:
        | nơi công khai | giờ công khai      |
        | <nơi>       | <giờ công khai>    |
        | <nơi khác>  | 28/12/2017 17:00 |
      Khi thẩm định kế hoạch
      Thì <kết quả>

      @đạt
      Dữ liệu: đúng lúc kiểm phiếu xong hoặc sau đó
        | nơi                       | nơi khác                  | giờ công khai      | kết quả                |
        | cấp ủy cùng cấp           | cấp ủy cấp trên trực tiếp | 28/12/2017 16:00 | không có phát hiện nào |
        | cấp ủy cùng cấp           | cấp ủy cấp trên trực tiếp | 28/12/2017 16:01 | không có phát hiện nào |
        | cấp ủy cấp trên trực tiếp | cấp ủy cùng cấp           | 28/12/2017 16:00 | không có phát hiện nào |

      @vi_phạm
      Dữ liệu: trước khi kiểm phiếu xong
        | nơi                       | nơi khác                  | giờ công khai      | kết quả                                                                       |
        | cấp ủy cùng cấp           | cấp ủy cấp trên trực tiếp | 28/12/2017 15:59 | chỉ có lỗi TD505 về việc công khai của “Ban Chấp hành” ở cấp ủy cùng cấp           |
        | cấp ủy cấp trên trực tiếp | cấp ủy cùng cấp           | 28/12/2017 15:59 | chỉ có lỗi TD505 về việc công khai của “Ban Chấp hành” ở cấp ủy cấp trên trực tiếp |

    @TD505 @vi_phạm
    Tình huống: Kiểm phiếu sau cả hai lần công khai là hai phát hiện
      Cho một kế hoạch đúng chỉ đạo của xã
      Và lần lấy phiếu “Ban Chấp hành” có giờ kiểm phiếu xong là 29/12/2017 09:00
      Khi thẩm định kế hoạch
      Thì chỉ có các phát hiện sau:
        | mức độ | quy tắc | về                                                           |
        | lỗi    | TD505   | việc công khai của “Ban Chấp hành” ở cấp ủy cùng cấp           |
        | lỗi    | TD505   | việc công khai của “Ban Chấp hành” ở cấp ủy cấp trên trực tiếp |

    @TD505 @vi_phạm
    Tình huống: Công khai hai lần trước khi kiểm phiếu ở một nơi chỉ nêu một lần
      Cho một kế hoạch đúng chỉ đạo của xã
      Và lần lấy phiếu “Ban Chấp hành” có thêm các lần công khai sau:
        | nơi công khai     | giờ công khai      |
        | cấp ủy cùng cấp | 28/12/2017 15:00 |
        | cấp ủy cùng cấp | 28/12/2017 15:30 |
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD505 về việc công khai của “Ban Chấp hành” ở cấp ủy cùng cấp

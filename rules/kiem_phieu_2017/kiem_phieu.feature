# language: vi
Tính năng: Biên bản kiểm phiếu lấy phiếu tín nhiệm
  Biên bản gốc là của một xã: triệu tập 60 người, có mặt 57; phát ra, thu về 57 phiếu, 56 phiếu hợp lệ, 1 phiếu không hợp lệ;
  “p01” là Nguyễn Văn Bình (40, 13, 3 phiếu), “p02” là Trần Thị Hoa (36, 15, 5 phiếu).

  @P1
  Quy tắc: P1 — Lấy phiếu vào năm thứ ba của nhiệm kỳ

    @KP101 @đạt @ranh_giới
    Khung tình huống: Năm thứ ba, kể cả ngày đầu và ngày cuối (<ngày>)
      Cho một biên bản đúng chỉ đạo của xã
      Và biên bản có ngày họp là <ngày>
      Khi thẩm định biên bản
      Thì không có phát hiện nào

      Dữ liệu:
        | ngày       |
        | 01/01/2017 |
        | 31/12/2018 |

    @KP101 @vi_phạm @ranh_giới
    Khung tình huống: Trước hoặc sau năm thứ ba một ngày (<ngày>)
      Cho một biên bản đúng chỉ đạo của xã
      Và biên bản có ngày họp là <ngày>
      Khi thẩm định biên bản
      Thì chỉ có cảnh báo KP101 về biên bản

      Dữ liệu:
        | ngày       |
        | 31/12/2016 |
        | 01/01/2019 |

  @P2
  Quy tắc: P2 — Có mặt ít nhất hai phần ba số người được triệu tập

    @KP102 @đạt @ranh_giới
    Tình huống: Đúng hai phần ba
      Cho một biên bản đúng chỉ đạo của phường
      Và biên bản có số người có mặt là 40
      Và biên bản có số phiếu phát ra là 40
      Và biên bản có số phiếu thu về là 40
      Và biên bản có số phiếu hợp lệ là 40
      Và biên bản có số phiếu không hợp lệ là 0
      Và biên bản có các người được lấy phiếu sau:
        | mã người được lấy phiếu | họ và tên       | chức vụ | số phiếu tín nhiệm cao | số phiếu tín nhiệm | số phiếu tín nhiệm thấp |
        | p01                     | Nguyễn Văn Bình | Bí thư  | 30                     | 8                  | 2                       |
      Khi thẩm định biên bản
      Thì không có phát hiện nào
      Và mọi quy tắc đều áp dụng

    @KP102 @vi_phạm @ranh_giới
    Tình huống: Thiếu một người
      Cho một biên bản đúng chỉ đạo của xã
      Và biên bản có số người có mặt là 39
      Và biên bản có số phiếu phát ra là 39
      Và biên bản có số phiếu thu về là 39
      Và biên bản có số phiếu hợp lệ là 39
      Và biên bản có số phiếu không hợp lệ là 0
      Và biên bản có các người được lấy phiếu sau:
        | mã người được lấy phiếu | họ và tên       | chức vụ | số phiếu tín nhiệm cao | số phiếu tín nhiệm | số phiếu tín nhiệm thấp |
        | p01                     | Nguyễn Văn Bình | Bí thư  | 30                     | 7                  | 2                       |
      Khi thẩm định biên bản
      Thì chỉ có lỗi KP102 về biên bản

    @KP102 @vi_phạm @ranh_giới
    Tình huống: Sát hai phần ba mà chưa đủ
      Cho một biên bản đúng chỉ đạo của xã
      Và biên bản có số người được triệu tập là 86
      Khi thẩm định biên bản
      Thì chỉ có lỗi KP102 về biên bản

    @KP103 @đạt @ranh_giới
    Tình huống: Mọi người được triệu tập đều có mặt
      Cho một biên bản đúng chỉ đạo của xã
      Và biên bản có số người được triệu tập là 57
      Khi thẩm định biên bản
      Thì không có phát hiện nào

    @KP103 @vi_phạm @ranh_giới
    Tình huống: Có mặt nhiều hơn số người được triệu tập
      Cho một biên bản đúng chỉ đạo của xã
      Và biên bản có số người được triệu tập là 56
      Khi thẩm định biên bản
      Thì chỉ có lỗi KP103 về biên bản

  @P5
  Quy tắc: P5 — Phiếu do ban kiểm phiếu phát ra, mỗi phiếu hợp lệ đánh dấu một mức đối với mỗi người

    @KP201 @đạt @ranh_giới
    Tình huống: Có người không nhận phiếu
      Cho một biên bản đúng chỉ đạo của xã
      Và biên bản có số người có mặt là 58
      Khi thẩm định biên bản
      Thì không có phát hiện nào

    @KP201 @vi_phạm @ranh_giới
    Tình huống: Phát ra nhiều hơn số người có mặt
      Cho một biên bản đúng chỉ đạo của xã
      Và biên bản có số phiếu phát ra là 58
      Khi thẩm định biên bản
      Thì chỉ có lỗi KP201 về biên bản

    @KP202 @đạt @ranh_giới
    Tình huống: Thu về ít hơn phát ra
      Cho một biên bản đúng chỉ đạo của xã
      Và biên bản có số người có mặt là 58
      Và biên bản có số phiếu phát ra là 58
      Khi thẩm định biên bản
      Thì không có phát hiện nào

    @KP202 @vi_phạm @ranh_giới
    Tình huống: Thu về nhiều hơn phát ra
      Cho một biên bản đúng chỉ đạo của xã
      Và biên bản có số phiếu phát ra là 56
      Khi thẩm định biên bản
      Thì chỉ có lỗi KP202 về biên bản

    @KP304 @vi_phạm @ranh_giới
    Tình huống: Một phiếu hợp lệ không đánh dấu mức nào đối với một người
      Cho một biên bản đúng chỉ đạo của xã
      Và người được lấy phiếu “p01” có số phiếu tín nhiệm thấp là 2
      Và người được lấy phiếu “p01” không ghi tỷ lệ tín nhiệm thấp
      Khi thẩm định biên bản
      Thì chỉ có lỗi KP304 về kết quả của “p01”

    @KP304 @đạt
    Tình huống: Phiếu đó được ghi riêng
      Cho một biên bản đúng chỉ đạo của xã
      Và người được lấy phiếu “p01” có số phiếu tín nhiệm thấp là 2
      Và người được lấy phiếu “p01” không ghi tỷ lệ tín nhiệm thấp
      Và người được lấy phiếu “p01” có số phiếu hợp lệ không tính cho người này là 1
      Khi thẩm định biên bản
      Thì không có phát hiện nào

    @KP304 @vi_phạm
    Tình huống: Ghi riêng thừa một phiếu
      Cho một biên bản đúng chỉ đạo của xã
      Và người được lấy phiếu “p01” có số phiếu hợp lệ không tính cho người này là 1
      Khi thẩm định biên bản
      Thì chỉ có lỗi KP304 về kết quả của “p01”

    @KP401 @đạt @ranh_giới
    Tình huống: Ban kiểm phiếu có trưởng ban và thành viên
      Cho một biên bản đúng chỉ đạo của thị trấn
      Khi thẩm định biên bản
      Thì không có phát hiện nào của KP401, KP402

    @KP401 @vi_phạm
    Khung tình huống: Ban kiểm phiếu chỉ có <nhiệm vụ>
      Cho một biên bản đúng chỉ đạo của xã
      Và biên bản có các người kiểm phiếu sau:
        | họ và tên người kiểm phiếu | nhiệm vụ trong ban |
        | Lê Văn Sáu                 | <nhiệm vụ>         |
      Khi thẩm định biên bản
      Thì chỉ có lỗi KP401 về biên bản

      Dữ liệu:
        | nhiệm vụ   |
        | trưởng ban |
        | thành viên |

    @KP402 @vi_phạm
    Tình huống: Người kiểm phiếu là người được lấy phiếu, viết hoa cũng vậy
      Cho một biên bản đúng chỉ đạo của xã
      Và người kiểm phiếu “2” có họ và tên người kiểm phiếu là TRẦN THỊ HOA
      Khi thẩm định biên bản
      Thì chỉ có lỗi KP402 về người kiểm phiếu số 2

    @KP402 @đạt @ranh_giới
    Tình huống: Người kiểm phiếu không được lấy phiếu
      Cho một biên bản đúng chỉ đạo của xã
      Và người kiểm phiếu “2” có họ và tên người kiểm phiếu là Trần Thị Hoan
      Khi thẩm định biên bản
      Thì không có phát hiện nào

  @P4 @P3
  Quy tắc: P4 — Kết quả ghi đủ số phiếu, và tỷ lệ trên số phiếu thu về

    @KP203 @KP303 @đạt @ranh_giới
    Tình huống: Phiếu hợp lệ và không hợp lệ bằng phiếu thu về, ba mức bằng phiếu hợp lệ
      Cho một biên bản đúng chỉ đạo của xã
      Khi thẩm định biên bản
      Thì không có phát hiện nào của KP203, KP301, KP302, KP303, KP304, KP305, KP306, KP307, KP308

    @KP203 @vi_phạm @ranh_giới
    Khung tình huống: Lệch một phiếu (<không hợp lệ> phiếu không hợp lệ)
      Cho một biên bản đúng chỉ đạo của xã
      Và biên bản có số phiếu không hợp lệ là <không hợp lệ>
      Khi thẩm định biên bản
      Thì chỉ có lỗi KP203 về biên bản

      Dữ liệu:
        | không hợp lệ |
        | 0            |
        | 2            |

    @KP301 @vi_phạm
    Khung tình huống: Kết quả thiếu <mục>
      Cho một biên bản đúng chỉ đạo của xã
      Và người được lấy phiếu “p02” không ghi <mục>
      Khi thẩm định biên bản
      Thì chỉ có lỗi KP301 về kết quả của “p02”

      Dữ liệu:
        | mục                     |
        | chức vụ                 |
        | số phiếu tín nhiệm cao  |
        | số phiếu tín nhiệm      |
        | số phiếu tín nhiệm thấp |

    @KP301 @đạt @ranh_giới
    Tình huống: Mức không có phiếu nào thì ghi 0
      Cho một biên bản đúng chỉ đạo của xã
      Và người được lấy phiếu “p01” có số phiếu tín nhiệm thấp là 0
      Và người được lấy phiếu “p01” có tỷ lệ tín nhiệm thấp là 0
      Và người được lấy phiếu “p01” có số phiếu tín nhiệm cao là 43
      Và người được lấy phiếu “p01” có tỷ lệ tín nhiệm cao là 75,4
      Khi thẩm định biên bản
      Thì không có phát hiện nào

    @KP302 @vi_phạm
    Tình huống: Một người có hai dòng
      Cho một biên bản đúng chỉ đạo của xã
      Và người được lấy phiếu “p02” có họ và tên là Nguyễn Văn Bình
      Khi thẩm định biên bản
      Thì chỉ có các phát hiện sau:
        | mức độ | quy tắc | về                |
        | lỗi    | KP302   | kết quả của “p01” |
        | lỗi    | KP302   | kết quả của “p02” |

    @KP302 @đạt @ranh_giới
    Tình huống: Hai người cùng họ tên, mỗi người một số thẻ
      Cho một biên bản đúng chỉ đạo của xã
      Và người được lấy phiếu “p02” có họ và tên là Nguyễn Văn Bình
      Và người được lấy phiếu “p02” có số thẻ đảng viên là 83.067890
      Khi thẩm định biên bản
      Thì không có phát hiện nào

    @KP303 @vi_phạm @ranh_giới
    Tình huống: Ba mức nhiều hơn số phiếu hợp lệ
      Cho một biên bản đúng chỉ đạo của xã
      Và người được lấy phiếu “p01” có số phiếu tín nhiệm thấp là 4
      Và người được lấy phiếu “p01” không ghi tỷ lệ tín nhiệm thấp
      Khi thẩm định biên bản
      Thì chỉ có lỗi KP303 về kết quả của “p01”

    @KP305 @vi_phạm @ranh_giới
    Khung tình huống: Tỷ lệ tín nhiệm cao sai (<tỷ lệ>)
      Cho một biên bản đúng chỉ đạo của xã
      Và người được lấy phiếu “p01” có tỷ lệ tín nhiệm cao là <tỷ lệ>
      Khi thẩm định biên bản
      Thì chỉ có lỗi KP305 về kết quả của “p01”

      Dữ liệu:
        | tỷ lệ |
        | 70,1  |
        | 71,4  |
        | 69    |

    @KP305 @đạt @ranh_giới
    Khung tình huống: Tỷ lệ tín nhiệm cao làm tròn ở chữ số cuối (<tỷ lệ>)
      Cho một biên bản đúng chỉ đạo của xã
      Và người được lấy phiếu “p01” có tỷ lệ tín nhiệm cao là <tỷ lệ>
      Khi thẩm định biên bản
      Thì không có phát hiện nào

      Dữ liệu:
        | tỷ lệ |
        | 70    |
        | 70,2  |
        | 70,18 |

    @KP306 @vi_phạm
    Tình huống: Tỷ lệ tín nhiệm tính trên phiếu hợp lệ
      Cho một biên bản đúng chỉ đạo của xã
      Và người được lấy phiếu “p01” có tỷ lệ tín nhiệm là 23,2
      Khi thẩm định biên bản
      Thì chỉ có lỗi KP306 về kết quả của “p01”

    @KP306 @đạt @ranh_giới
    Tình huống: Tỷ lệ tín nhiệm làm tròn đến phần trăm
      Cho một biên bản đúng chỉ đạo của xã
      Và người được lấy phiếu “p01” có tỷ lệ tín nhiệm là 23
      Khi thẩm định biên bản
      Thì không có phát hiện nào

    @KP306 @đạt
    Tình huống: Không ghi tỷ lệ tín nhiệm
      Cho một biên bản đúng chỉ đạo của xã
      Và người được lấy phiếu “p01” không ghi tỷ lệ tín nhiệm
      Khi thẩm định biên bản
      Thì không có phát hiện nào

    @KP307 @vi_phạm
    Tình huống: Tỷ lệ tín nhiệm thấp tính trên phiếu hợp lệ
      Cho một biên bản đúng chỉ đạo của xã
      Và người được lấy phiếu “p02” có tỷ lệ tín nhiệm thấp là 8,93
      Khi thẩm định biên bản
      Thì chỉ có lỗi KP307 về kết quả của “p02”

    @KP307 @đạt @ranh_giới
    Tình huống: Tỷ lệ tín nhiệm thấp đến hai chữ số
      Cho một biên bản đúng chỉ đạo của xã
      Và người được lấy phiếu “p01” có tỷ lệ tín nhiệm thấp là 5,26
      Khi thẩm định biên bản
      Thì không có phát hiện nào

    @KP308 @vi_phạm
    Tình huống: Không có kết quả của ai
      Cho một biên bản đúng chỉ đạo của xã
      Và biên bản không có người được lấy phiếu nào
      Khi thẩm định biên bản
      Thì chỉ có lỗi KP308 về biên bản

    @KP308 @đạt @ranh_giới
    Tình huống: Có kết quả của một người
      Cho một biên bản đúng chỉ đạo của xã
      Và biên bản không có người được lấy phiếu “p02”
      Khi thẩm định biên bản
      Thì không có phát hiện nào

  @D14
  Quy tắc: D14 — Công khai kết quả ở hai nơi, sau khi kiểm phiếu xong

    @KP501 @vi_phạm
    Khung tình huống: Chỉ công khai ở <nơi>
      Cho một biên bản đúng chỉ đạo của xã
      Và biên bản có các lần công khai sau:
        | nơi công khai | giờ công khai      |
        | <nơi>       | 28/12/2017 16:20 |
      Khi thẩm định biên bản
      Thì chỉ có lỗi KP501 về việc công khai ở <nơi kia>

      Dữ liệu:
        | nơi                      | nơi kia                  |
        | cấp ủy cùng cấp          | cấp ủy cấp trên trực tiếp |
        | cấp ủy cấp trên trực tiếp | cấp ủy cùng cấp          |

    @KP501 @đạt @ranh_giới
    Tình huống: Công khai ở cả hai nơi
      Cho một biên bản đúng chỉ đạo của xã
      Khi thẩm định biên bản
      Thì không có phát hiện nào của KP501, KP502

    @KP502 @vi_phạm @ranh_giới
    Tình huống: Công khai trước khi kiểm phiếu xong một phút
      Cho một biên bản đúng chỉ đạo của xã
      Và lần công khai “1” có giờ công khai là 28/12/2017 15:59
      Khi thẩm định biên bản
      Thì chỉ có lỗi KP502 về việc công khai ở cấp ủy cùng cấp

    @KP502 @đạt @ranh_giới
    Tình huống: Công khai đúng phút kiểm phiếu xong
      Cho một biên bản đúng chỉ đạo của xã
      Và lần công khai “1” có giờ công khai là 28/12/2017 16:00
      Khi thẩm định biên bản
      Thì không có phát hiện nào

  @P6
  Quy tắc: P6 — Hướng xử lý khi tín nhiệm thấp trên một nửa, chưa đến hai phần ba

    Bối cảnh:
      Cho một biên bản đúng chỉ đạo của xã
      Và biên bản có số người có mặt là 60
      Và biên bản có số phiếu phát ra là 60
      Và biên bản có số phiếu thu về là 60
      Và biên bản có số phiếu hợp lệ là 60
      Và biên bản có số phiếu không hợp lệ là 0
      Và biên bản có các người được lấy phiếu sau:
        | mã người được lấy phiếu | họ và tên       | chức vụ | số phiếu tín nhiệm cao | số phiếu tín nhiệm | số phiếu tín nhiệm thấp |
        | p01                     | Nguyễn Văn Bình | Bí thư  | 0                      | 30                 | 30                      |

    @KP601 @đạt @ranh_giới
    Khung tình huống: Đúng một nửa, đúng hai phần ba thì không thuộc điều này (<thấp>)
      Và người được lấy phiếu “p01” có số phiếu tín nhiệm là <tín nhiệm>
      Và người được lấy phiếu “p01” có số phiếu tín nhiệm thấp là <thấp>
      Khi thẩm định biên bản
      Thì không có phát hiện nào

      Dữ liệu:
        | tín nhiệm | thấp |
        | 30        | 30   |
        | 20        | 40   |

    @KP601 @vi_phạm @ranh_giới
    Khung tình huống: Trên một nửa, chưa đến hai phần ba mà chưa có hướng xử lý (<thấp>)
      Và người được lấy phiếu “p01” có số phiếu tín nhiệm là <tín nhiệm>
      Và người được lấy phiếu “p01” có số phiếu tín nhiệm thấp là <thấp>
      Khi thẩm định biên bản
      Thì chỉ có khuyến nghị KP601 về dòng kết quả số 1

      Dữ liệu:
        | tín nhiệm | thấp |
        | 29        | 31   |
        | 21        | 39   |

    @KP601 @vi_phạm @ranh_giới
    Khung tình huống: Trong 100 phiếu, hơn một nửa hoặc gần hai phần ba một chút (<thấp>)
      Và biên bản có số người được triệu tập là 100
      Và biên bản có số người có mặt là 100
      Và biên bản có số phiếu phát ra là 100
      Và biên bản có số phiếu thu về là 100
      Và biên bản có số phiếu hợp lệ là 100
      Và người được lấy phiếu “p01” có số phiếu tín nhiệm là <tín nhiệm>
      Và người được lấy phiếu “p01” có số phiếu tín nhiệm thấp là <thấp>
      Khi thẩm định biên bản
      Thì chỉ có khuyến nghị KP601 về dòng kết quả số 1

      Dữ liệu:
        | tín nhiệm | thấp |
        | 49        | 51   |
        | 34        | 66   |

    @KP601 @vi_phạm
    Khung tình huống: Hướng xử lý chưa đủ (<hướng>)
      Và người được lấy phiếu “p01” có số phiếu tín nhiệm là 29
      Và người được lấy phiếu “p01” có số phiếu tín nhiệm thấp là 31
      Và người được lấy phiếu “p01” có hướng xử lý là <hướng>
      Khi thẩm định biên bản
      Thì chỉ có khuyến nghị KP601 về dòng kết quả số 1

      Dữ liệu:
        | hướng                                                                          |
        | đưa ra khỏi quy hoạch                                                          |
        | cho thôi giữ chức vụ; bố trí công tác khác; cho từ chức; bỏ phiếu tín nhiệm    |

    @KP601 @đạt
    Khung tình huống: Hướng xử lý đã đủ (<hướng>)
      Và người được lấy phiếu “p01” có số phiếu tín nhiệm là 29
      Và người được lấy phiếu “p01” có số phiếu tín nhiệm thấp là 31
      Và người được lấy phiếu “p01” có hướng xử lý là đưa ra khỏi quy hoạch; <hướng>
      Khi thẩm định biên bản
      Thì không có phát hiện nào

      Dữ liệu:
        | hướng                |
        | cho thôi giữ chức vụ |
        | bố trí công tác khác |
        | cho từ chức          |
        | bỏ phiếu tín nhiệm   |

  @D15
  Quy tắc: D15 — Lực lượng vũ trang theo chỉ đạo của ngành

    @D15 @KP101 @KP102 @KP103 @KP201 @KP202 @KP203 @KP301 @KP302 @KP303 @KP304 @KP305 @KP306 @KP307 @KP308 @KP401 @KP402 @KP501 @KP502 @KP601 @đạt
    Khung tình huống: Biên bản của lực lượng vũ trang không xét theo các điều này (<lực lượng>)
      Cho một biên bản đúng chỉ đạo của <lực lượng>
      Và biên bản có số phiếu không hợp lệ là 9
      Khi thẩm định biên bản
      Thì không có phát hiện nào
      Và theo D15, không áp dụng KP101, KP102, KP103, KP201, KP202, KP203, KP301, KP302, KP303, KP304, KP305, KP306, KP307, KP308, KP401, KP402, KP501, KP502, KP601

      Dữ liệu:
        | lực lượng         |
        | Công an           |
        | Quân sự           |
        | Bộ đội Biên phòng |

    @D15 @KP203 @vi_phạm
    Khung tình huống: Tổ chức khác thì có (<loại hình>)
      Cho một biên bản đúng chỉ đạo của <loại hình>
      Và biên bản có số phiếu không hợp lệ là 9
      Khi thẩm định biên bản
      Thì chỉ có lỗi KP203 về biên bản

      Dữ liệu:
        | loại hình           |
        | xã                  |
        | phường              |
        | thị trấn            |
        | đảng bộ ngành tỉnh  |
        | chi bộ ngành tỉnh   |

  @D10 @rà_soát
  Quy tắc: D10 — Ai được kế hoạch lấy phiếu thì có kết quả, và không có ai khác

    @KP801 @KP802
    Tình huống: Không có kế hoạch thì chưa kết luận
      Cho một biên bản đúng chỉ đạo của xã
      Khi rà soát các biên bản
      Thì không có phát hiện nào
      Và chưa đủ căn cứ kết luận KP801, KP802 về biên bản, vì “không có kế hoạch của cùng tổ chức, cùng nhiệm kỳ”

    @KP801 @KP802 @đạt @ranh_giới
    Tình huống: Kế hoạch và biên bản có đúng những người ấy
      Cho một biên bản đúng chỉ đạo của xã
      Và cùng hội nghị có văn bản lấy phiếu đối với Trần Thị Hoa; NGUYỄN VĂN BÌNH
      Khi rà soát các biên bản
      Thì không có phát hiện nào
      Và không có điều gì chưa đủ căn cứ kết luận

    @KP801 @vi_phạm
    Khung tình huống: Kế hoạch lấy phiếu đối với người không có kết quả (<người>)
      Cho một biên bản đúng chỉ đạo của xã
      Và cùng hội nghị có văn bản lấy phiếu đối với Nguyễn Văn Bình; Trần Thị Hoa; <người>
      Khi rà soát các biên bản
      Thì chỉ có lỗi KP801 về biên bản

      Dữ liệu:
        | người                   |
        | Lê Văn Cảnh             |
        | Lê Văn Cảnh; Võ Thị Bảy |

    @KP802 @vi_phạm
    Tình huống: Biên bản có kết quả của người mà kế hoạch không lấy phiếu
      Cho một biên bản đúng chỉ đạo của xã
      Và cùng hội nghị có văn bản lấy phiếu đối với Nguyễn Văn Bình
      Khi rà soát các biên bản
      Thì chỉ có lỗi KP802 về biên bản

    @KP801 @KP802 @vi_phạm
    Tình huống: Thiếu một người, thừa hai người
      Cho một biên bản đúng chỉ đạo của xã
      Và cùng hội nghị có văn bản lấy phiếu đối với Lê Văn Cảnh
      Khi rà soát các biên bản
      Thì chỉ có các phát hiện sau:
        | mức độ | quy tắc | về       |
        | lỗi    | KP801   | biên bản |
        | lỗi    | KP802   | biên bản |

    @KP801 @KP802
    Tình huống: Hai kế hoạch khác nhau thì chưa kết luận
      Cho một biên bản đúng chỉ đạo của xã
      Và cùng hội nghị có văn bản lấy phiếu đối với Nguyễn Văn Bình
      Và cùng hội nghị có văn bản lấy phiếu đối với Lê Văn Cảnh
      Khi rà soát các biên bản
      Thì không có phát hiện nào
      Và chưa đủ căn cứ kết luận KP801, KP802 về biên bản, vì “có 2 kế hoạch khác nhau”

    @KP801 @KP802
    Tình huống: Kế hoạch không có cấp ủy mang tên ấy thì chưa kết luận
      Cho một biên bản đúng chỉ đạo của xã
      Và cùng hội nghị có văn bản lấy phiếu đối với Lê Văn Cảnh
      Và biên bản có cấp ủy được lấy phiếu là Chi ủy Văn phòng
      Khi rà soát các biên bản
      Thì không có phát hiện nào
      Và chưa đủ căn cứ kết luận KP801, KP802 về biên bản, vì “không lấy phiếu ở cấp ủy nào mang tên”

    @KP801 @KP802 @D15 @đạt
    Tình huống: Biên bản của lực lượng vũ trang không đối chiếu
      Cho một biên bản đúng chỉ đạo của Công an
      Và cùng hội nghị có văn bản lấy phiếu đối với Lê Văn Cảnh
      Khi rà soát các biên bản
      Thì không có phát hiện nào
      Và không có điều gì chưa đủ căn cứ kết luận

# language: vi
Tính năng: Thành phần dự hội nghị

  @D5
  Quy tắc: D5 — Phần tổng kết năm mời thành phần dự như hằng năm

    @TD301 @được_phép @đạt
    Tình huống: Người dự thường lệ được dự phần tổng kết năm
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch có thêm các đại biểu sau:
        | mã đại biểu  | tư cách tham dự       | các phần tham dự |
        | Đỗ Thị Tư    | đại biểu dự thường lệ | tổng kết năm     |
        | Huỳnh Văn Tám| đại biểu dự thường lệ | tổng kết năm     |
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

  @D6
  Quy tắc: D6 — Phần sơ kết giữa nhiệm kỳ triệu tập đúng thành phần đã dự đại hội

    @TD301 @đạt
    Tình huống: Đại biểu dự đại hội dự phần sơ kết
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch có thêm các đại biểu sau:
        | mã đại biểu | tư cách tham dự    | các phần tham dự     |
        | Đỗ Thị Tư   | đại biểu dự đại hội | sơ kết giữa nhiệm kỳ |
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

    @TD301 @vi_phạm @ranh_giới
    Khung tình huống: Người dự thường lệ được xếp dự phần sơ kết (<các phần>)
      Cho một kế hoạch đúng chỉ đạo của xã
      Và đại biểu “Phạm Thị Út” có các phần tham dự là <các phần>
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD301 về đại biểu “Phạm Thị Út”

      Dữ liệu:
        | các phần                           |
        | sơ kết giữa nhiệm kỳ               |
        | tổng kết năm; sơ kết giữa nhiệm kỳ |

    @TD301 @đạt @ranh_giới
    Tình huống: Người dự thường lệ không dự phần nào thì không có gì phải nêu
      Cho một kế hoạch đúng chỉ đạo của xã
      Và đại biểu “Phạm Thị Út” không ghi các phần tham dự
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

    @TD301 @vi_phạm
    Tình huống: Người dự thường lệ không đủ điều kiện mà dự phần sơ kết thì chỉ nêu một lần
      Cho một kế hoạch đúng chỉ đạo của xã
      Và đại biểu “Phạm Thị Út” có các phần tham dự là sơ kết giữa nhiệm kỳ
      Và đại biểu “Phạm Thị Út” có đủ điều kiện tham dự là không
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD301 về đại biểu “Phạm Thị Út”

    @TD304 @vi_phạm @ranh_giới
    Tình huống: Đại biểu dự đại hội đủ điều kiện chỉ được mời phần tổng kết năm
      Cho một kế hoạch đúng chỉ đạo của xã
      Và đại biểu “Trần Thị Hoa” có các phần tham dự là tổng kết năm
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD304 về đại biểu “Trần Thị Hoa”

    @TD304 @vi_phạm
    Tình huống: Đại biểu dự đại hội đủ điều kiện không được mời phần nào
      Cho một kế hoạch đúng chỉ đạo của xã
      Và đại biểu “Trần Thị Hoa” không ghi các phần tham dự
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD304 về đại biểu “Trần Thị Hoa”

    @TD304 @đạt @ranh_giới
    Tình huống: Đại biểu dự đại hội chỉ dự phần sơ kết là đủ
      Cho một kế hoạch đúng chỉ đạo của xã
      Và đại biểu “Trần Thị Hoa” có các phần tham dự là sơ kết giữa nhiệm kỳ
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

    @TD304 @đạt
    Tình huống: Không ghi đủ điều kiện hay không thì coi là đủ điều kiện
      Cho một kế hoạch đúng chỉ đạo của xã
      Và đại biểu “Trần Thị Hoa” không ghi đủ điều kiện tham dự
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

    @TD304 @vi_phạm
    Tình huống: Không ghi đủ điều kiện hay không thì vẫn phải được triệu tập
      Cho một kế hoạch đúng chỉ đạo của xã
      Và đại biểu “Trần Thị Hoa” không ghi đủ điều kiện tham dự
      Và đại biểu “Trần Thị Hoa” có các phần tham dự là tổng kết năm
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD304 về đại biểu “Trần Thị Hoa”

    @TD304 @đạt @ranh_giới
    Tình huống: Đại biểu không đủ điều kiện thì không phải triệu tập
      Cho một kế hoạch đúng chỉ đạo của xã
      Và đại biểu “Trần Thị Hoa” có đủ điều kiện tham dự là không
      Và đại biểu “Trần Thị Hoa” không ghi các phần tham dự
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

  @D7
  Quy tắc: D7 — Đại biểu không đủ điều kiện không dự phần sơ kết, và không bầu người vào thay

    @TD302 @vi_phạm @ranh_giới
    Khung tình huống: Bầu bổ sung người dự phần sơ kết (<các phần>)
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch có thêm các đại biểu sau:
        | mã đại biểu | tư cách tham dự      | các phần tham dự | thay cho đại biểu |
        | Đỗ Thị Tư   | đại biểu bầu bổ sung | <các phần>       | <thay cho>        |
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD302 về đại biểu “Đỗ Thị Tư”

      Dữ liệu:
        | các phần                           | thay cho  |
        | sơ kết giữa nhiệm kỳ               | Võ Văn Ba |
        | tổng kết năm; sơ kết giữa nhiệm kỳ |           |

    @TD302 @vi_phạm
    Tình huống: Người bầu bổ sung không đủ điều kiện vẫn chỉ vi phạm việc bầu bổ sung
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch có thêm các đại biểu sau:
        | mã đại biểu | tư cách tham dự      | các phần tham dự     | đủ điều kiện tham dự |
        | Đỗ Thị Tư   | đại biểu bầu bổ sung | sơ kết giữa nhiệm kỳ | không                |
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD302 về đại biểu “Đỗ Thị Tư”

    @TD302 @vi_phạm @ranh_giới
    Khung tình huống: Vào thay đại biểu khác là bầu bổ sung, dù mang tư cách <tư cách>
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch có thêm các đại biểu sau:
        | mã đại biểu | tư cách tham dự | các phần tham dự     | thay cho đại biểu |
        | Đỗ Thị Tư   | <tư cách>       | sơ kết giữa nhiệm kỳ | Võ Văn Ba         |
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD302 về đại biểu “Đỗ Thị Tư”

      Dữ liệu:
        | tư cách               |
        | đại biểu dự đại hội   |
        | cán bộ chủ chốt       |
        | đại biểu dự thường lệ |

    @TD302 @đạt @ranh_giới
    Tình huống: Người ghi thay đại biểu khác mà chỉ dự phần tổng kết năm
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch có thêm các đại biểu sau:
        | mã đại biểu | tư cách tham dự       | các phần tham dự | thay cho đại biểu |
        | Đỗ Thị Tư   | đại biểu dự thường lệ | tổng kết năm     | Võ Văn Ba         |
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

    @TD302 @đạt @ranh_giới
    Khung tình huống: Người bầu bổ sung không dự phần sơ kết (<các phần>)
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch có thêm các đại biểu sau:
        | mã đại biểu | tư cách tham dự      | các phần tham dự |
        | Đỗ Thị Tư   | đại biểu bầu bổ sung | <các phần>       |
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

      Dữ liệu:
        | các phần     |
        | tổng kết năm |
        |              |

    @TD303 @vi_phạm @ranh_giới
    Khung tình huống: Đại biểu dự đại hội không đủ điều kiện vẫn dự phần sơ kết (<các phần>)
      Cho một kế hoạch đúng chỉ đạo của xã
      Và đại biểu “Võ Văn Ba” có các phần tham dự là <các phần>
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD303 về đại biểu “Võ Văn Ba”

      Dữ liệu:
        | các phần                           |
        | sơ kết giữa nhiệm kỳ               |
        | tổng kết năm; sơ kết giữa nhiệm kỳ |

    @TD303 @đạt @ranh_giới
    Khung tình huống: Đại biểu không đủ điều kiện không dự phần sơ kết, ghế để trống (<các phần>)
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch có thêm các đại biểu sau:
        | mã đại biểu | tư cách tham dự     | đủ điều kiện tham dự | các phần tham dự |
        | Đỗ Thị Tư   | đại biểu dự đại hội | không                | <các phần>       |
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

      Dữ liệu:
        | các phần     |
        | tổng kết năm |
        |              |

    @TD303 @đạt
    Tình huống: Cán bộ chủ chốt không phải đại biểu đại hội, nên điều kiện của đại biểu không áp dụng
      Cho một kế hoạch đúng chỉ đạo của xã
      Và đại biểu “Lê Văn Sáu” có đủ điều kiện tham dự là không
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

  @D8
  Quy tắc: D8 — Cán bộ chủ chốt đương nhiệm của địa phương được dự phần sơ kết

    @TD301 @được_phép @đạt
    Khung tình huống: Cán bộ chủ chốt được dự phần sơ kết, và cũng được vắng mặt (<các phần>)
      Cho một kế hoạch đúng chỉ đạo của xã
      Và đại biểu “Lê Văn Sáu” có các phần tham dự là <các phần>
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

      Dữ liệu:
        | các phần                           |
        | sơ kết giữa nhiệm kỳ               |
        | tổng kết năm; sơ kết giữa nhiệm kỳ |
        | tổng kết năm                       |

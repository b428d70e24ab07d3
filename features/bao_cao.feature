# language: vi
Tính năng: Báo cáo trình hội nghị

  @D3
  Quy tắc: D3 — Báo cáo tổng kết năm và báo cáo sơ kết giữa nhiệm kỳ là hai văn bản riêng

    @TD201 @TD203 @đạt
    Tình huống: Hai báo cáo riêng, mỗi báo cáo một phần
      Cho một kế hoạch đúng chỉ đạo của xã
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào
      Và kết luận là đạt

    @TD201 @vi_phạm @ranh_giới
    Khung tình huống: Báo cáo tổng kết năm gộp thêm dù chỉ một nội dung của báo cáo sơ kết (<nội dung>)
      Cho một kế hoạch đúng chỉ đạo của xã
      Và báo cáo “Tổng kết năm 2017” có nội dung báo cáo là tổng kết năm; <nội dung>
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD201 về báo cáo “Tổng kết năm 2017”

      Dữ liệu:
        | nội dung                                                       |
        | kiểm điểm sự lãnh đạo, chỉ đạo của ban chấp hành (chi bộ)      |
        | kiểm tra, giám sát                                             |

    @TD201 @TD202 @vi_phạm
    Tình huống: Báo cáo tổng kết năm gộp thêm sơ kết mà thiếu hai nội dung còn lại
      Cho một kế hoạch đúng chỉ đạo của xã
      Và báo cáo “Tổng kết năm 2017” có nội dung báo cáo là tổng kết năm; sơ kết giữa nhiệm kỳ
      Khi thẩm định kế hoạch
      Thì chỉ có các phát hiện sau:
        | mức độ | quy tắc | về                                                                                                       |
        | lỗi    | TD201   | báo cáo “Tổng kết năm 2017”                                                                              |
        | lỗi    | TD202   | nội dung kiểm điểm sự lãnh đạo, chỉ đạo của ban chấp hành (chi bộ) của báo cáo “Tổng kết năm 2017”       |
        | lỗi    | TD202   | nội dung kiểm tra, giám sát của báo cáo “Tổng kết năm 2017”                                              |

    @TD201 @vi_phạm
    Tình huống: Một báo cáo gộp cả bốn nội dung chỉ vi phạm việc gộp
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch có các báo cáo sau:
        | mã báo cáo | nội dung báo cáo                                                                                                                | văn bản hướng dẫn |
        | Gộp        | tổng kết năm; sơ kết giữa nhiệm kỳ; kiểm điểm sự lãnh đạo, chỉ đạo của ban chấp hành (chi bộ); kiểm tra, giám sát               | Hướng dẫn số 5    |
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD201 về báo cáo “Gộp”

    @TD201 @TD202 @đạt
    Tình huống: Báo cáo khác, không có nội dung tổng kết năm, thì không phải báo cáo gộp
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch có thêm các báo cáo sau:
        | mã báo cáo | nội dung báo cáo                                          | văn bản hướng dẫn |
        | Kiểm điểm  | kiểm điểm sự lãnh đạo, chỉ đạo của ban chấp hành (chi bộ) | Hướng dẫn số 5    |
        | Kiểm tra   | kiểm tra, giám sát                                        | Hướng dẫn số 5    |
        | Tham luận  |                                                           | Hướng dẫn số 5    |
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

    @TD203 @vi_phạm
    Khung tình huống: Thiếu báo cáo <thiếu>
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch không có báo cáo <mã>
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD203 về báo cáo <thiếu>

      Dữ liệu:
        | mã                        | thiếu                |
        | “Tổng kết năm 2017”       | tổng kết năm         |
        | “Sơ kết giữa nhiệm kỳ”    | sơ kết giữa nhiệm kỳ |

    @TD203 @vi_phạm @ranh_giới
    Tình huống: Không có báo cáo nào thì thiếu cả hai
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch không có báo cáo nào
      Khi thẩm định kế hoạch
      Thì chỉ có các phát hiện sau:
        | mức độ | quy tắc | về                           |
        | lỗi    | TD203   | báo cáo tổng kết năm         |
        | lỗi    | TD203   | báo cáo sơ kết giữa nhiệm kỳ |

    @TD203 @vi_phạm @ranh_giới
    Tình huống: Kiểm điểm và kiểm tra, giám sát mà không có sơ kết thì chưa phải báo cáo sơ kết
      Cho một kế hoạch đúng chỉ đạo của xã
      Và báo cáo “Sơ kết giữa nhiệm kỳ” có nội dung báo cáo là kiểm điểm sự lãnh đạo, chỉ đạo của ban chấp hành (chi bộ); kiểm tra, giám sát
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD203 về báo cáo sơ kết giữa nhiệm kỳ

  @D4
  Quy tắc: D4 — Báo cáo sơ kết giữa nhiệm kỳ có đủ ba nội dung

    @TD202 @đạt
    Tình huống: Đủ ba nội dung, ghi theo thứ tự nào cũng được
      Cho một kế hoạch đúng chỉ đạo của xã
      Và báo cáo “Sơ kết giữa nhiệm kỳ” có nội dung báo cáo là kiểm tra, giám sát; sơ kết giữa nhiệm kỳ; kiểm điểm sự lãnh đạo, chỉ đạo của ban chấp hành (chi bộ)
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

    @TD202 @vi_phạm @ranh_giới
    Khung tình huống: Thiếu đúng một nội dung (<thiếu>)
      Cho một kế hoạch đúng chỉ đạo của xã
      Và báo cáo “Sơ kết giữa nhiệm kỳ” có nội dung báo cáo là sơ kết giữa nhiệm kỳ; <có>
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD202 về nội dung <thiếu> của báo cáo “Sơ kết giữa nhiệm kỳ”

      Dữ liệu:
        | có                                                        | thiếu                                                     |
        | kiểm tra, giám sát                                        | kiểm điểm sự lãnh đạo, chỉ đạo của ban chấp hành (chi bộ) |
        | kiểm điểm sự lãnh đạo, chỉ đạo của ban chấp hành (chi bộ) | kiểm tra, giám sát                                        |

    @TD202 @vi_phạm
    Tình huống: Thiếu hai nội dung là hai phát hiện
      Cho một kế hoạch đúng chỉ đạo của xã
      Và báo cáo “Sơ kết giữa nhiệm kỳ” có nội dung báo cáo là sơ kết giữa nhiệm kỳ
      Khi thẩm định kế hoạch
      Thì chỉ có các phát hiện sau:
        | mức độ | quy tắc | về                                                                                                    |
        | lỗi    | TD202   | nội dung kiểm điểm sự lãnh đạo, chỉ đạo của ban chấp hành (chi bộ) của báo cáo “Sơ kết giữa nhiệm kỳ” |
        | lỗi    | TD202   | nội dung kiểm tra, giám sát của báo cáo “Sơ kết giữa nhiệm kỳ”                                        |

    @TD202 @vi_phạm
    Tình huống: Nội dung thiếu nằm ở báo cáo khác thì vẫn là thiếu
      Cho một kế hoạch đúng chỉ đạo của xã
      Và báo cáo “Sơ kết giữa nhiệm kỳ” có nội dung báo cáo là sơ kết giữa nhiệm kỳ; kiểm tra, giám sát
      Và kế hoạch có thêm các báo cáo sau:
        | mã báo cáo | nội dung báo cáo                                          | văn bản hướng dẫn |
        | Kiểm điểm  | kiểm điểm sự lãnh đạo, chỉ đạo của ban chấp hành (chi bộ) | Hướng dẫn số 5    |
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD202 về nội dung kiểm điểm sự lãnh đạo, chỉ đạo của ban chấp hành (chi bộ) của báo cáo “Sơ kết giữa nhiệm kỳ”

# language: vi
Tính năng: Công an, Quân sự, Bộ đội Biên phòng

  @D15
  Quy tắc: D15 — Ba lực lượng làm theo cấp ủy cấp trên của ngành mình

    @TD601 @đạt @ngoại_lệ
    Khung tình huống: <lực lượng> theo chỉ đạo của ngành: mọi quy tắc khác không áp dụng
      Cho một kế hoạch đúng chỉ đạo của <lực lượng>
      Và kế hoạch có cấp ủy ngành cấp trên chỉ đạo là <cấp ủy ngành>
      Và hội nghị họp 5 buổi liên tiếp
      Và kế hoạch không có báo cáo nào
      Và kế hoạch không có cuộc thảo luận nào
      Và kế hoạch không có lần lấy phiếu nào
      Và kế hoạch không có văn bản kết quả nào
      Và đại biểu “Phạm Thị Út” có các phần tham dự là sơ kết giữa nhiệm kỳ
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào
      Và theo D15, không áp dụng TD101, TD102, TD201, TD202, TD203, TD301, TD302, TD303, TD304, TD401, TD501, TD502, TD503, TD504, TD505, TD701, TD702, TD703, TD704
      Và kết luận là đạt

      Dữ liệu:
        | lực lượng         | cấp ủy ngành                       |
        | Công an           | Đảng ủy Công an tỉnh               |
        | Quân sự           | Đảng ủy Quân sự tỉnh               |
        | Bộ đội Biên phòng | Đảng ủy Bộ đội Biên phòng tỉnh     |

    @TD601 @vi_phạm @ranh_giới @ngoại_lệ
    Khung tình huống: <lực lượng> không ghi cấp ủy ngành cấp trên chỉ đạo
      Cho một kế hoạch đúng chỉ đạo của <lực lượng>
      Và kế hoạch không ghi cấp ủy ngành cấp trên chỉ đạo
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD601 về kế hoạch
      Và theo D15, không áp dụng TD101, TD102, TD201, TD202, TD203, TD301, TD302, TD303, TD304, TD401, TD501, TD502, TD503, TD504, TD505, TD701, TD702, TD703, TD704
      Và kết luận là chưa đạt

      Dữ liệu:
        | lực lượng         |
        | Công an           |
        | Quân sự           |
        | Bộ đội Biên phòng |

    @TD602 @đạt @ranh_giới
    Khung tình huống: Đơn vị không phải lực lượng vũ trang (<loại hình>) không viện dẫn chỉ đạo của ngành, mọi quy tắc đều áp dụng
      Cho một kế hoạch đúng chỉ đạo của <loại hình>
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào
      Và mọi quy tắc đều áp dụng

      Dữ liệu:
        | loại hình          |
        | xã                 |
        | phường             |
        | thị trấn           |
        | đảng bộ ngành tỉnh |
        | chi bộ ngành tỉnh  |

    @TD602 @vi_phạm @ranh_giới @ngoại_lệ
    Khung tình huống: Đơn vị không phải lực lượng vũ trang (<loại hình>) mà viện dẫn chỉ đạo của ngành
      Cho một kế hoạch đúng chỉ đạo của <loại hình>
      Và kế hoạch có cấp ủy ngành cấp trên chỉ đạo là Đảng ủy Công an tỉnh
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD602 về kế hoạch
      Và mọi quy tắc đều áp dụng

      Dữ liệu:
        | loại hình          |
        | xã                 |
        | phường             |
        | thị trấn           |
        | đảng bộ ngành tỉnh |
        | chi bộ ngành tỉnh  |

    @TD602 @TD203 @vi_phạm @ngoại_lệ
    Tình huống: Xã viện dẫn chỉ đạo của ngành vẫn phải theo mọi quy tắc khác
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch có cấp ủy ngành cấp trên chỉ đạo là Đảng ủy Quân sự tỉnh
      Và kế hoạch không có báo cáo “Tổng kết năm 2017”
      Khi thẩm định kế hoạch
      Thì chỉ có các phát hiện sau:
        | mức độ | quy tắc | về                   |
        | lỗi    | TD602   | kế hoạch             |
        | lỗi    | TD203   | báo cáo tổng kết năm |

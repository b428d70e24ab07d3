# language: vi
Tính năng: Nhiệm kỳ 2025-2030, sau khi bỏ cấp huyện (MINH HỌA, không phải văn bản đã ban hành)
  Kế hoạch của xã, phường ghi Tỉnh ủy Vĩnh Long là cấp trên trực tiếp và không ghi huyện; những điều dùng chung vẫn như cũ.

  Bối cảnh:
    Cho một kế hoạch đúng chỉ đạo của xã
    Và kế hoạch có nhiệm kỳ là 2025-2030
    Và kế hoạch không ghi huyện, thành phố
    Và kế hoạch có cấp ủy cấp trên trực tiếp là Tỉnh ủy Vĩnh Long

  @V1
  Quy tắc: V1 — Xã, phường, đặc khu theo mức của cấp xã

    @TD101 @ranh_giới
    Khung tình huống: Cấp xã họp nhiều hay ít buổi (<loại hình>, <số buổi> buổi)
      Cho kế hoạch có loại hình tổ chức là <loại hình>
      Và hội nghị họp <số buổi> buổi liên tiếp
      Khi thẩm định kế hoạch
      Thì <kết quả>

      @đạt
      Dữ liệu: từ 1 đến 1,5 ngày
        | loại hình | số buổi | kết quả                |
        | xã        | 2       | không có phát hiện nào |
        | phường    | 3       | không có phát hiện nào |
        | đặc khu   | 2       | không có phát hiện nào |
        | đặc khu   | 3       | không có phát hiện nào |

      @vi_phạm
      Dữ liệu: ngắn hơn hoặc dài hơn nửa ngày
        | loại hình | số buổi | kết quả                      |
        | xã        | 1       | chỉ có lỗi TD101 về kế hoạch |
        | xã        | 4       | chỉ có lỗi TD101 về kế hoạch |
        | phường    | 1       | chỉ có lỗi TD101 về kế hoạch |
        | đặc khu   | 1       | chỉ có lỗi TD101 về kế hoạch |
        | đặc khu   | 4       | chỉ có lỗi TD101 về kế hoạch |

    @TD101 @đạt
    Khung tình huống: <loại hình> không thuộc cấp xã, họp nửa ngày cũng được
      Cho một kế hoạch đúng chỉ đạo của <loại hình>
      Và hội nghị họp 1 buổi liên tiếp
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

      Dữ liệu:
        | loại hình          |
        | đảng bộ ngành tỉnh |
        | chi bộ ngành tỉnh  |

    @TD701 @vi_phạm
    Khung tình huống: <loại hình> sơ kết buổi sáng, tổng kết buổi chiều
      Cho kế hoạch có loại hình tổ chức là <loại hình>
      Và kế hoạch có các phiên họp sau:
        | phần của hội nghị    | giờ bắt đầu      | giờ kết thúc     |
        | sơ kết giữa nhiệm kỳ | 28/12/2027 07:30 | 28/12/2027 11:00 |
        | tổng kết năm         | 28/12/2027 13:30 | 28/12/2027 16:30 |
      Khi thẩm định kế hoạch
      Thì chỉ có khuyến nghị TD701 về kế hoạch

      Dữ liệu:
        | loại hình |
        | xã        |
        | phường    |
        | đặc khu   |

    @TD701 @đạt
    Khung tình huống: <loại hình> xếp phần nào trước cũng được
      Cho một kế hoạch đúng chỉ đạo của <loại hình>
      Và kế hoạch có các phiên họp sau:
        | phần của hội nghị    | giờ bắt đầu      | giờ kết thúc     |
        | sơ kết giữa nhiệm kỳ | 28/12/2027 07:30 | 28/12/2027 11:00 |
        | tổng kết năm         | 28/12/2027 13:30 | 28/12/2027 16:30 |
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

      Dữ liệu:
        | loại hình          |
        | đảng bộ ngành tỉnh |
        | chi bộ ngành tỉnh  |

    @TD701 @ranh_giới
    Khung tình huống: Tổng kết đến 11 giờ, sơ kết bắt đầu trước hoặc đúng giờ đó (<bắt đầu>)
      Cho kế hoạch có các phiên họp sau:
        | phần của hội nghị    | giờ bắt đầu      | giờ kết thúc     |
        | tổng kết năm         | 28/12/2027 07:30 | 28/12/2027 11:00 |
        | sơ kết giữa nhiệm kỳ | <bắt đầu>        | 28/12/2027 16:30 |
      Khi thẩm định kế hoạch
      Thì <kết quả>

      @đạt
      Dữ liệu: khi tổng kết đã xong
        | bắt đầu          | kết quả                |
        | 28/12/2027 11:00 | không có phát hiện nào |

      @vi_phạm
      Dữ liệu: khi tổng kết chưa xong
        | bắt đầu          | kết quả                              |
        | 28/12/2027 10:59 | chỉ có khuyến nghị TD701 về kế hoạch |

  @V2
  Quy tắc: V2 — Tỉnh ủy là cấp trên trực tiếp

    @VL101 @ranh_giới
    Khung tình huống: <loại hình> ghi cấp trên trực tiếp là <cấp trên>
      Cho kế hoạch có loại hình tổ chức là <loại hình>
      Và kế hoạch có cấp ủy cấp trên trực tiếp là <cấp trên>
      Khi thẩm định kế hoạch
      Thì <kết quả>

      @đạt
      Dữ liệu: Tỉnh ủy
        | loại hình | cấp trên          | kết quả                |
        | xã        | Tỉnh ủy Vĩnh Long | không có phát hiện nào |
        | phường    | Tỉnh ủy Vĩnh Long | không có phát hiện nào |
        | đặc khu   | Tỉnh ủy Vĩnh Long | không có phát hiện nào |

      @vi_phạm
      Dữ liệu: còn ghi huyện ủy, hoặc tỉnh khác
        | loại hình | cấp trên            | kết quả                      |
        | xã        | Huyện ủy Châu Thành | chỉ có lỗi VL101 về kế hoạch |
        | phường    | Thành ủy Bến Tre    | chỉ có lỗi VL101 về kế hoạch |
        | đặc khu   | Tỉnh ủy Bến Tre     | chỉ có lỗi VL101 về kế hoạch |

    @VL101 @đạt
    Khung tình huống: <loại hình> không thuộc cấp xã, có cấp trên của mình
      Cho một kế hoạch đúng chỉ đạo của <loại hình>
      Và kế hoạch có cấp ủy cấp trên trực tiếp là Đảng ủy các cơ quan Đảng tỉnh
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

      Dữ liệu:
        | loại hình          |
        | đảng bộ ngành tỉnh |
        | chi bộ ngành tỉnh  |
        | Công an            |
        | Quân sự            |
        | Bộ đội Biên phòng  |

  @V3
  Quy tắc: V3 — Không còn cấp huyện

    @VL102 @ranh_giới
    Khung tình huống: <loại hình> <ghi hay không>
      Cho kế hoạch có loại hình tổ chức là <loại hình>
      Và kế hoạch <ghi hay không>
      Khi thẩm định kế hoạch
      Thì <kết quả>

      @đạt
      Dữ liệu: không ghi huyện
        | loại hình | ghi hay không              | kết quả                |
        | xã        | không ghi huyện, thành phố | không có phát hiện nào |
        | phường    | không ghi huyện, thành phố | không có phát hiện nào |
        | đặc khu   | không ghi huyện, thành phố | không có phát hiện nào |

      @vi_phạm
      Dữ liệu: còn ghi huyện
        | loại hình | ghi hay không                            | kết quả                      |
        | xã        | có huyện, thành phố là Huyện Châu Thành  | chỉ có lỗi VL102 về kế hoạch |
        | phường    | có huyện, thành phố là Thành phố Bến Tre | chỉ có lỗi VL102 về kế hoạch |
        | đặc khu   | có huyện, thành phố là Huyện đảo         | chỉ có lỗi VL102 về kế hoạch |

    @VL102 @đạt
    Khung tình huống: <loại hình> không thuộc cấp xã, ghi địa bàn cũ cũng được
      Cho một kế hoạch đúng chỉ đạo của <loại hình>
      Và kế hoạch có huyện, thành phố là Huyện Châu Thành
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

      Dữ liệu:
        | loại hình          |
        | đảng bộ ngành tỉnh |
        | chi bộ ngành tỉnh  |
        | Công an            |
        | Quân sự            |
        | Bộ đội Biên phòng  |

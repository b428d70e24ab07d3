# language: vi
Tính năng: Thời lượng hội nghị
  Thời lượng tính theo buổi có phiên họp; mỗi buổi là nửa ngày. Hai đầu của khoảng thời lượng đều được tính.

  @D1
  Quy tắc: D1 — Cấp xã tổ chức sơ kết giữa nhiệm kỳ cùng tổng kết năm trong 1 đến 1,5 ngày

    @TD101 @ranh_giới
    Khung tình huống: Cấp xã họp nhiều hay ít buổi (<loại hình>, <số buổi> buổi)
      Cho một kế hoạch đúng chỉ đạo của <loại hình>
      Và hội nghị họp <số buổi> buổi liên tiếp
      Khi thẩm định kế hoạch
      Thì <kết quả>

      @đạt
      Dữ liệu: đúng 1 ngày và đúng 1,5 ngày
        | loại hình | số buổi | kết quả                |
        | xã        | 2       | không có phát hiện nào |
        | xã        | 3       | không có phát hiện nào |
        | phường    | 2       | không có phát hiện nào |
        | phường    | 3       | không có phát hiện nào |
        | thị trấn  | 2       | không có phát hiện nào |
        | thị trấn  | 3       | không có phát hiện nào |

      @vi_phạm
      Dữ liệu: ngắn hơn hoặc dài hơn nửa ngày
        | loại hình | số buổi | kết quả                      |
        | xã        | 0       | chỉ có lỗi TD101 về kế hoạch |
        | xã        | 1       | chỉ có lỗi TD101 về kế hoạch |
        | xã        | 4       | chỉ có lỗi TD101 về kế hoạch |
        | phường    | 1       | chỉ có lỗi TD101 về kế hoạch |
        | phường    | 4       | chỉ có lỗi TD101 về kế hoạch |
        | thị trấn  | 1       | chỉ có lỗi TD101 về kế hoạch |
        | thị trấn  | 4       | chỉ có lỗi TD101 về kế hoạch |

    @TD101 @ranh_giới
    Khung tình huống: Một phiên họp dùng một hay nhiều buổi (<bắt đầu> đến <kết thúc>: <số buổi> buổi)
      Phiên bắt đầu trước 12 giờ là có dùng buổi sáng; phiên kết thúc sau 12 giờ 30 là có dùng buổi chiều.

      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch có các phiên họp sau:
        | phần của hội nghị | giờ bắt đầu | giờ kết thúc |
        | tổng kết năm      | <bắt đầu>   | <kết thúc>   |
      Khi thẩm định kế hoạch
      Thì <kết quả>

      @vi_phạm
      Dữ liệu: một buổi, nửa ngày
        | bắt đầu          | kết thúc         | số buổi | kết quả                      |
        | 28/12/2017 07:30 | 28/12/2017 11:00 | 1       | chỉ có lỗi TD101 về kế hoạch |
        | 28/12/2017 07:30 | 28/12/2017 12:00 | 1       | chỉ có lỗi TD101 về kế hoạch |
        | 28/12/2017 07:30 | 28/12/2017 12:29 | 1       | chỉ có lỗi TD101 về kế hoạch |
        | 28/12/2017 07:30 | 28/12/2017 12:30 | 1       | chỉ có lỗi TD101 về kế hoạch |
        | 28/12/2017 12:00 | 28/12/2017 17:00 | 1       | chỉ có lỗi TD101 về kế hoạch |
        | 28/12/2017 12:01 | 28/12/2017 17:00 | 1       | chỉ có lỗi TD101 về kế hoạch |

      @đạt
      Dữ liệu: hai buổi trở lên
        | bắt đầu          | kết thúc         | số buổi | kết quả                |
        | 28/12/2017 07:30 | 28/12/2017 12:31 | 2       | không có phát hiện nào |
        | 28/12/2017 11:59 | 28/12/2017 13:00 | 2       | không có phát hiện nào |
        | 28/12/2017 07:30 | 29/12/2017 00:00 | 2       | không có phát hiện nào |
        | 28/12/2017 13:30 | 29/12/2017 16:00 | 3       | không có phát hiện nào |

    @TD101 @vi_phạm
    Tình huống: Hai phiên trong cùng một buổi chỉ tính một buổi
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch có các phiên họp sau:
        | phần của hội nghị     | giờ bắt đầu      | giờ kết thúc     |
        | tổng kết năm          | 28/12/2017 07:30 | 28/12/2017 09:00 |
        | sơ kết giữa nhiệm kỳ  | 28/12/2017 09:00 | 28/12/2017 11:00 |
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD101 về kế hoạch
      Và kết luận là chưa đạt

  @D2
  Quy tắc: D2 — Chi bộ, đảng bộ các ngành cấp tỉnh tổ chức trong 0,5 đến 1 ngày

    @TD102 @ranh_giới
    Khung tình huống: Ngành tỉnh họp nhiều hay ít buổi (<loại hình>, <số buổi> buổi)
      Cho một kế hoạch đúng chỉ đạo của <loại hình>
      Và hội nghị họp <số buổi> buổi liên tiếp
      Khi thẩm định kế hoạch
      Thì <kết quả>

      @đạt
      Dữ liệu: đúng nửa ngày và đúng 1 ngày
        | loại hình           | số buổi | kết quả                |
        | đảng bộ ngành tỉnh  | 1       | không có phát hiện nào |
        | đảng bộ ngành tỉnh  | 2       | không có phát hiện nào |
        | chi bộ ngành tỉnh   | 1       | không có phát hiện nào |
        | chi bộ ngành tỉnh   | 2       | không có phát hiện nào |

      @vi_phạm
      Dữ liệu: không họp buổi nào, hoặc dài hơn nửa ngày
        | loại hình           | số buổi | kết quả                      |
        | đảng bộ ngành tỉnh  | 0       | chỉ có lỗi TD102 về kế hoạch |
        | đảng bộ ngành tỉnh  | 3       | chỉ có lỗi TD102 về kế hoạch |
        | chi bộ ngành tỉnh   | 0       | chỉ có lỗi TD102 về kế hoạch |
        | chi bộ ngành tỉnh   | 3       | chỉ có lỗi TD102 về kế hoạch |

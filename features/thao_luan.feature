# language: vi
Tính năng: Thảo luận tại hội nghị

  @D9
  Quy tắc: D9 — Mọi hội nghị sơ kết giữa nhiệm kỳ và tổng kết năm đều thảo luận theo nhóm

    @TD401 @đạt
    Tình huống: Mỗi phần có thảo luận nhóm, có thêm thảo luận chung cũng được
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch có thêm các cuộc thảo luận sau:
        | phần của hội nghị    | hình thức thảo luận            |
        | tổng kết năm         | thảo luận chung tại hội trường |
        | sơ kết giữa nhiệm kỳ | thảo luận chung tại hội trường |
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

    @TD401 @vi_phạm @ranh_giới
    Khung tình huống: Phần <phần> chỉ có thảo luận chung
      Cho một kế hoạch đúng chỉ đạo của xã
      Và cuộc thảo luận “<số>” có hình thức thảo luận là thảo luận chung tại hội trường
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD401 về phần <phần>

      Dữ liệu:
        | số | phần                 |
        | 1  | tổng kết năm         |
        | 2  | sơ kết giữa nhiệm kỳ |

    @TD401 @vi_phạm
    Tình huống: Không có thảo luận thì mỗi phần là một phát hiện
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch không có cuộc thảo luận nào
      Khi thẩm định kế hoạch
      Thì chỉ có các phát hiện sau:
        | mức độ | quy tắc | về                        |
        | lỗi    | TD401   | phần tổng kết năm         |
        | lỗi    | TD401   | phần sơ kết giữa nhiệm kỳ |

    @TD401 @vi_phạm
    Khung tình huống: Thảo luận nhóm ở phần này không thay được cho phần kia (<phần có>)
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch có các cuộc thảo luận sau:
        | phần của hội nghị | hình thức thảo luận            |
        | <phần có>         | thảo luận nhóm                 |
        | <phần có>         | thảo luận nhóm                 |
        | <phần thiếu>      | thảo luận chung tại hội trường |
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD401 về phần <phần thiếu>

      Dữ liệu:
        | phần có              | phần thiếu           |
        | tổng kết năm         | sơ kết giữa nhiệm kỳ |
        | sơ kết giữa nhiệm kỳ | tổng kết năm         |

    @TD401 @đạt @ranh_giới
    Tình huống: Phần không có phiên họp nào thì không phải thảo luận
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch có các phiên họp sau:
        | phần của hội nghị    | giờ bắt đầu      | giờ kết thúc     |
        | sơ kết giữa nhiệm kỳ | 28/12/2017 07:30 | 28/12/2017 16:30 |
      Và kế hoạch có các cuộc thảo luận sau:
        | phần của hội nghị    | hình thức thảo luận |
        | sơ kết giữa nhiệm kỳ | thảo luận nhóm      |
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

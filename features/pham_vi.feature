# language: vi
Tính năng: Kế hoạch nào thuộc phạm vi của chỉ đạo
  Chỉ đạo dành cho kế hoạch nhiệm kỳ 2015-2020 có phiên họp đầu tiên từ 13/12/2017 đến 31/12/2020. Kế hoạch ngoài phạm vi
  thì không thẩm định được theo chỉ đạo này: không đạt mà cũng không phải chưa đạt.

  @D1
  Quy tắc: Phạm vi áp dụng (D1) — Hội nghị trong nhiệm kỳ và trong thời hạn hiệu lực

    @TD101 @ranh_giới
    Khung tình huống: Ngày của phiên họp đầu tiên ở trong hay ngoài thời hạn hiệu lực (<ngày>)
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch có các phiên họp sau:
        | phần của hội nghị    | giờ bắt đầu   | giờ kết thúc  |
        | tổng kết năm         | <ngày> 07:30  | <ngày> 11:00  |
        | sơ kết giữa nhiệm kỳ | <ngày> 13:30  | <ngày> 16:30  |
      Khi thẩm định kế hoạch
      Thì <kết quả>

      @đạt
      Dữ liệu: trong thời hạn hiệu lực
        | ngày       | kết quả                            |
        | 13/12/2017 | không có phát hiện nào của TD101   |
        | 31/12/2020 | không có phát hiện nào của TD101   |

      @ngoài_phạm_vi
      Dữ liệu: ngoài thời hạn hiệu lực
        | ngày       | kết quả                         |
        | 12/12/2017 | kế hoạch không hợp lệ, mã DR001 |
        | 01/01/2021 | kế hoạch không hợp lệ, mã DR001 |
        | 28/12/2027 | kế hoạch không hợp lệ, mã DR001 |

    @TD101 @đạt @ranh_giới
    Tình huống: Chỉ phiên họp đầu tiên phải nằm trong thời hạn hiệu lực
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch có các phiên họp sau:
        | phần của hội nghị    | giờ bắt đầu      | giờ kết thúc     |
        | tổng kết năm         | 31/12/2020 13:30 | 31/12/2020 16:30 |
        | sơ kết giữa nhiệm kỳ | 01/01/2021 07:30 | 01/01/2021 11:00 |
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào của TD101

    @TD101 @ngoài_phạm_vi @ranh_giới
    Tình huống: Kế hoạch của nhiệm kỳ khác không bao giờ được coi là đạt
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch có nhiệm kỳ là 2020-2025
      Khi thẩm định kế hoạch
      Thì kế hoạch không hợp lệ, mã DR001

    @TD101 @đạt @ranh_giới
    Tình huống: Nhiệm kỳ viết cách khác vẫn là nhiệm kỳ ấy
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch có nhiệm kỳ là 2015 – 2020
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

# language: vi
Tính năng: Kinh nghiệm từ các hội nghị điểm
  Đây là khuyến nghị: không làm theo thì kế hoạch vẫn đạt.

  @A1
  Quy tắc: A1 — Tổng kết năm xong rồi mới sơ kết giữa nhiệm kỳ

    @TD701 @vi_phạm
    Khung tình huống: <loại hình> sơ kết buổi sáng, tổng kết buổi chiều
      Cho một kế hoạch đúng chỉ đạo của <loại hình>
      Và kế hoạch có các phiên họp sau:
        | phần của hội nghị    | giờ bắt đầu      | giờ kết thúc     |
        | sơ kết giữa nhiệm kỳ | 28/12/2017 07:30 | 28/12/2017 11:00 |
        | tổng kết năm         | 28/12/2017 13:30 | 28/12/2017 16:30 |
      Khi thẩm định kế hoạch
      Thì chỉ có khuyến nghị TD701 về kế hoạch
      Và kết luận là đạt

      Dữ liệu:
        | loại hình |
        | xã        |
        | phường    |
        | thị trấn  |

    @TD701 @đạt
    Khung tình huống: <loại hình> xếp phần nào trước cũng được
      Cho một kế hoạch đúng chỉ đạo của <loại hình>
      Và kế hoạch có các phiên họp sau:
        | phần của hội nghị    | giờ bắt đầu      | giờ kết thúc     |
        | sơ kết giữa nhiệm kỳ | 28/12/2017 07:30 | 28/12/2017 11:00 |
        | tổng kết năm         | 28/12/2017 13:30 | 28/12/2017 16:30 |
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

      Dữ liệu:
        | loại hình          |
        | đảng bộ ngành tỉnh |
        | chi bộ ngành tỉnh  |

    @TD701 @ranh_giới
    Khung tình huống: Tổng kết đến 11 giờ, sơ kết bắt đầu trước, đúng hoặc sau giờ đó (<bắt đầu>)
      Cho một kế hoạch đúng chỉ đạo của xã
      Và phiên họp “2” có giờ bắt đầu là <bắt đầu>
      Khi thẩm định kế hoạch
      Thì <kết quả>

      @đạt
      Dữ liệu: khi tổng kết đã xong
        | bắt đầu          | kết quả                |
        | 28/12/2017 11:00 | không có phát hiện nào |
        | 28/12/2017 11:01 | không có phát hiện nào |

      @vi_phạm
      Dữ liệu: khi tổng kết chưa xong
        | bắt đầu          | kết quả                               |
        | 28/12/2017 10:59 | chỉ có khuyến nghị TD701 về kế hoạch |

    @TD701 @vi_phạm
    Tình huống: Còn một phiên tổng kết sau phiên sơ kết đầu tiên
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch có thêm các phiên họp sau:
        | phần của hội nghị | giờ bắt đầu      | giờ kết thúc     |
        | tổng kết năm      | 29/12/2017 07:30 | 29/12/2017 11:00 |
      Khi thẩm định kế hoạch
      Thì chỉ có khuyến nghị TD701 về kế hoạch

    @TD701 @đạt @ranh_giới
    Khung tình huống: Chỉ có phần <phần> thì không có thứ tự để nói
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch có các phiên họp sau:
        | phần của hội nghị | giờ bắt đầu      | giờ kết thúc     |
        | <phần>            | 28/12/2017 07:30 | 28/12/2017 16:30 |
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

      Dữ liệu:
        | phần                 |
        | tổng kết năm         |
        | sơ kết giữa nhiệm kỳ |

  @A2
  Quy tắc: A2 — Nghị quyết về nhiệm vụ năm sau có chỉ tiêu cụ thể

    @TD702 @ranh_giới
    Khung tình huống: Nghị quyết năm sau có <số chỉ tiêu> chỉ tiêu
      Cho một kế hoạch đúng chỉ đạo của xã
      Và văn bản kết quả “1” có số chỉ tiêu là <số chỉ tiêu>
      Khi thẩm định kế hoạch
      Thì <kết quả>

      @đạt
      Dữ liệu: có chỉ tiêu
        | số chỉ tiêu | kết quả                |
        | 1           | không có phát hiện nào |
        | 2           | không có phát hiện nào |

      @vi_phạm
      Dữ liệu: không có chỉ tiêu
        | số chỉ tiêu | kết quả                               |
        | 0           | chỉ có khuyến nghị TD702 về kế hoạch |

    @TD702 @vi_phạm
    Tình huống: Không ghi số chỉ tiêu là không có chỉ tiêu
      Cho một kế hoạch đúng chỉ đạo của xã
      Và văn bản kết quả “1” không ghi số chỉ tiêu
      Khi thẩm định kế hoạch
      Thì chỉ có khuyến nghị TD702 về kế hoạch
      Và kết luận là đạt

    @TD702 @vi_phạm
    Khung tình huống: Văn bản khác không phải nghị quyết về năm sau (<loại văn bản> về <nội dung>)
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch có các văn bản kết quả sau:
        | loại văn bản   | nội dung văn bản           | số chỉ tiêu |
        | <loại văn bản> | <nội dung>                 | 12          |
        | kết luận       | nhiệm vụ đến cuối nhiệm kỳ |             |
      Khi thẩm định kế hoạch
      Thì chỉ có khuyến nghị TD702 về kế hoạch

      Dữ liệu:
        | loại văn bản | nội dung                   |
        | kết luận     | nhiệm vụ năm sau           |
        | nghị quyết   | nhiệm vụ đến cuối nhiệm kỳ |

    @TD702 @TD703 @vi_phạm
    Tình huống: Không dự kiến văn bản nào
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch không có văn bản kết quả nào
      Khi thẩm định kế hoạch
      Thì chỉ có các phát hiện sau:
        | mức độ      | quy tắc | về       |
        | khuyến nghị | TD702   | kế hoạch |
        | khuyến nghị | TD703   | kế hoạch |

  @A3
  Quy tắc: A3 — Kết luận hoặc nghị quyết về nhiệm vụ đến cuối nhiệm kỳ

    @TD703 @đạt @ranh_giới
    Khung tình huống: <loại văn bản> về nhiệm vụ đến cuối nhiệm kỳ là đủ
      Cho một kế hoạch đúng chỉ đạo của xã
      Và văn bản kết quả “2” có loại văn bản là <loại văn bản>
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

      Dữ liệu:
        | loại văn bản |
        | kết luận     |
        | nghị quyết   |

    @TD703 @vi_phạm
    Tình huống: Chỉ có nghị quyết về năm sau
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch không có văn bản kết quả “2”
      Khi thẩm định kế hoạch
      Thì chỉ có khuyến nghị TD703 về kế hoạch

    @TD703 @vi_phạm @ranh_giới
    Khung tình huống: <loại văn bản> về năm sau không thay cho văn bản đến cuối nhiệm kỳ
      Cho một kế hoạch đúng chỉ đạo của xã
      Và kế hoạch có các văn bản kết quả sau:
        | loại văn bản   | nội dung văn bản | số chỉ tiêu |
        | nghị quyết     | nhiệm vụ năm sau | 12          |
        | <loại văn bản> | nhiệm vụ năm sau | 3           |
      Khi thẩm định kế hoạch
      Thì chỉ có khuyến nghị TD703 về kế hoạch

      Dữ liệu:
        | loại văn bản |
        | kết luận     |
        | nghị quyết   |

  @A4
  Quy tắc: A4 — Báo cáo theo hướng dẫn của các ban Đảng

    @TD704 @đạt
    Tình huống: Báo cáo ghi văn bản hướng dẫn
      Cho một kế hoạch đúng chỉ đạo của xã
      Và báo cáo “Tổng kết năm 2017” có văn bản hướng dẫn là Hướng dẫn số 5
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

    @TD704 @vi_phạm @ranh_giới
    Khung tình huống: Báo cáo nào không ghi văn bản hướng dẫn thì nêu báo cáo ấy (“<mã>”)
      Cho một kế hoạch đúng chỉ đạo của xã
      Và báo cáo “<mã>” không ghi văn bản hướng dẫn
      Khi thẩm định kế hoạch
      Thì chỉ có khuyến nghị TD704 về báo cáo “<mã>”

      Dữ liệu:
        | mã                   |
        | Tổng kết năm 2017    |
        | Sơ kết giữa nhiệm kỳ |

    @TD704 @vi_phạm
    Tình huống: Mỗi báo cáo không ghi văn bản hướng dẫn là một phát hiện
      Cho một kế hoạch đúng chỉ đạo của xã
      Và báo cáo “Tổng kết năm 2017” không ghi văn bản hướng dẫn
      Và báo cáo “Sơ kết giữa nhiệm kỳ” không ghi văn bản hướng dẫn
      Khi thẩm định kế hoạch
      Thì chỉ có các phát hiện sau:
        | mức độ      | quy tắc | về                             |
        | khuyến nghị | TD704   | báo cáo “Tổng kết năm 2017”    |
        | khuyến nghị | TD704   | báo cáo “Sơ kết giữa nhiệm kỳ” |

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

    @TD101 @đạt
    Tình huống: Phường họp một ngày rưỡi
      Cho kế hoạch có loại hình tổ chức là phường
      Và hội nghị họp 3 buổi liên tiếp
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

    @TD101 @lỗi
    Tình huống: Xã họp hai ngày
      Cho hội nghị họp 4 buổi liên tiếp
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi TD101 về kế hoạch

  @V2
  Quy tắc: V2 — Tỉnh ủy là cấp trên trực tiếp

    @VL101 @đạt
    Tình huống: Ghi Tỉnh ủy Vĩnh Long
      Khi thẩm định kế hoạch
      Thì không có phát hiện nào

    @VL101 @lỗi
    Tình huống: Còn ghi huyện ủy
      Cho kế hoạch có cấp ủy cấp trên trực tiếp là Huyện ủy Châu Thành
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi VL101 về kế hoạch

  @V3
  Quy tắc: V3 — Không còn cấp huyện

    @VL102 @lỗi
    Tình huống: Còn ghi huyện
      Cho kế hoạch có huyện, thành phố là Huyện Châu Thành
      Khi thẩm định kế hoạch
      Thì chỉ có lỗi VL102 về kế hoạch

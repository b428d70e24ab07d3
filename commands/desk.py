"""`thamdinh desk`: what whoever runs a desk does beside its pages."""

from typing import Final

from ..engine.base.text import Text
from .bilingual import LazyGroup

COMMANDS: Final[dict[str, tuple[str, Text]]] = {
    "create-admin": (
        "desk_create_admin",
        Text(
            "Lập bàn thẩm định mới (nếu chưa có) và người quản trị", "Set up a desk, if need be, and an administrator"
        ),
    ),
    "users": ("desk_users", Text("Xem, lập, đổi tài khoản", "List, make and change accounts")),
    "verify": (
        "desk_verify",
        Text("Kiểm tra mọi sự kiện, dữ liệu, tệp và kết luận đã lưu", "Check all events, data, files and verdicts"),
    ),
    "backup": ("desk_backup", Text("Sao lưu vào một tệp", "Back up to a file")),
    "restore": ("desk_restore", Text("Khôi phục từ bản sao lưu", "Restore a backup")),
    "seal": (
        "desk_seal",
        Text("Mã hóa những gì bản trước ghi chưa mã hóa", "Encrypt what an earlier version kept in the clear"),
    ),
    "purge": ("desk_purge", Text("Xóa hẳn hồ sơ đã hết thời hạn lưu", "Delete cases that were kept long enough")),
    "send-mail": ("desk_send_mail", Text("Gửi các thư còn chờ", "Send the mail that is due")),
    "export": ("desk_export", Text("Xuất bảng, trang tổng hợp như khi rà soát", "Export as an audit does")),
    "answers": ("desk_answers", Text("Xem, nhận ý kiến về bộ quy tắc", "List and take in what is said of rules")),
    "check-dossier": (
        "desk_check_dossier",
        Text("Kiểm tra lại một hồ sơ đã xuất, trên máy bất kỳ", "Check an exported dossier, on any machine"),
    ),
}
"""The subcommands: for each its module beside this one, and its line in the help."""

command = LazyGroup(
    "desk",
    commands=COMMANDS,
    words=Text(
        "Quản lý bàn thẩm định: lập, tài khoản, kiểm tra, sao lưu, xuất dữ liệu.",
        "Run the desk: set it up, its accounts, checks, backups and exports.",
    ),
)

//! What the operating system says when a file cannot be opened, read or written.
//!
//! In English its own words are passed on. They are in no language that a run chooses, so in
//! Chinese the common reasons are told here, and the others by the number of the system.

use std::io::{Error, ErrorKind};

use assize::text::Words;

use crate::words::words;

/// Why an operation of the system failed.
pub fn reason(error: &Error) -> Words {
    let known = match error.kind() {
        ErrorKind::NotFound => "没有这个文件或文件夹",
        ErrorKind::PermissionDenied => "没有权限",
        ErrorKind::AlreadyExists => "同名文件已存在",
        ErrorKind::IsADirectory => "这是文件夹，不是文件",
        ErrorKind::NotADirectory => "路径中有一段不是文件夹",
        ErrorKind::DirectoryNotEmpty => "文件夹不是空的",
        ErrorKind::InvalidFilename => "文件名过长或含有不允许的字符",
        ErrorKind::StorageFull => "磁盘空间不足",
        ErrorKind::QuotaExceeded => "超出磁盘配额",
        ErrorKind::FileTooLarge => "文件超过系统允许的大小",
        ErrorKind::ReadOnlyFilesystem => "所在磁盘是只读的",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "文件正被其他程序占用",
        ErrorKind::BrokenPipe => "接收输出的程序已经关闭",
        ErrorKind::TimedOut => "等待超时",
        ErrorKind::OutOfMemory => "内存不足",
        ErrorKind::UnexpectedEof => "文件提前结束",
        ErrorKind::InvalidData => "文件内容不合格式",
        _ => match error.raw_os_error() {
            Some(number) => return words!("{error}", "系统错误 {number}"),
            None => return words!("{error}", "系统错误（{error}）"),
        },
    };
    words!("{error}", "{known}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_reasons_are_told_in_chinese_and_others_by_number() {
        for (error, zh) in [
            (Error::from(ErrorKind::NotFound), "没有这个文件或文件夹"),
            (Error::from(ErrorKind::StorageFull), "磁盘空间不足"),
            (Error::other("odd"), "系统错误（odd）"),
        ] {
            let told = reason(&error);
            assert_eq!(told.zh, zh);
            assert_eq!(told.en, error.to_string());
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn numbers_of_linux() {
        // errno(3): 2 is ENOENT, 13 EACCES, 28 ENOSPC, 5 EIO.
        for (number, zh) in [
            (2, "没有这个文件或文件夹"),
            (13, "没有权限"),
            (28, "磁盘空间不足"),
            (5, "系统错误 5"),
        ] {
            assert_eq!(reason(&Error::from_raw_os_error(number)).zh, zh);
        }
    }
}

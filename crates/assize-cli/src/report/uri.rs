//! A path as a URI reference: UTF-8 bytes outside letters, digits and `-._~/` are
//! percent-encoded (RFC 3986), so that a colon or a space in a name changes nothing.

use std::fmt::Write as _;

/// The URI of a path. A relative path stays relative; an absolute one becomes `file://…`.
pub(super) fn of_path(path: &str) -> String {
    let path = if std::path::MAIN_SEPARATOR == '\\' {
        path.replace('\\', "/")
    } else {
        path.to_owned()
    };
    let mut uri = String::with_capacity(path.len());
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.strip_prefix("./").unwrap_or(&path).bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::of_path;

    #[test]
    fn names_are_percent_encoded() {
        assert_eq!(
            of_path("schemes/考评.scheme"),
            "schemes/%E8%80%83%E8%AF%84.scheme"
        );
        assert_eq!(of_path("./a b#1?.scheme"), "a%20b%231%3F.scheme");
        assert_eq!(of_path("a:b%.scheme"), "a%3Ab%25.scheme");
        assert_eq!(of_path("/srv/x.scheme"), "file:///srv/x.scheme");
        assert_eq!(of_path("../x.scheme"), "../x.scheme");
    }
}

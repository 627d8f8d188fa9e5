//! Reads subjects from JSON: an array of objects, one object, or one object a line.
//!
//! The text is cut into entries first, so that one entry is held at a time and a bad one spoils no
//! other; then each is read with its figures as text. A key that stands twice, which JSON parsers
//! commonly settle by taking the last, refuses the entry. Figures are not judged here: `1e3` is
//! handed on as it stands. JSON is UTF-8 and nothing else.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read};

use assize::input::Given;
use indexmap::IndexMap;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::limits::ReadLimits;
use super::refusal::RowFault;

/// How a JSON text holds its entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One array of objects, or one object.
    Whole,
    /// One object a line.
    Lines,
}

/// Cuts a JSON text into entries.
pub struct Entries<R> {
    reader: BufReader<R>,
    layout: Layout,
    limits: ReadLimits,
    state: State,
    number: u64,
    at: Spot,
}

/// Where a sign stands in the text: the line and its bytes, both from 1, as parsers of JSON count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The line.
    pub line: u64,
    /// The byte in the line.
    pub column: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    /// After `[`, or after a comma where `true`.
    Before {
        comma: bool,
    },
    /// After an entry of an array.
    After,
    /// After the only object, or after `]`.
    End,
    Over,
}

/// What stands next in the text.
#[derive(Debug, PartialEq, Eq)]
pub enum Cut {
    /// An entry with its number or line, from 1.
    Entry(u64, Result<String, RowFault>),
    /// A line with nothing on it.
    Blank,
    /// The text holds neither an array nor an object; where it begins otherwise.
    NotObjects(Spot),
    /// The text breaks off, or goes on where it should not.
    Broken {
        /// The sign that should not stand there, or the end of the text.
        at: Spot,
        /// Whether it is the end of the text.
        ended: bool,
        /// Where the entry begins that is never closed.
        open: Option<Spot>,
    },
}

impl<R: Read> Entries<R> {
    /// Cuts the text that `reader` yields.
    ///
    /// # Errors
    ///
    /// If reading the byte-order mark fails.
    pub fn new(reader: R, layout: Layout, limits: ReadLimits) -> io::Result<Self> {
        let mut entries = Self {
            reader: BufReader::new(reader),
            layout,
            limits,
            state: State::Start,
            number: 0,
            at: Spot { line: 1, column: 1 },
        };
        if entries.reader.fill_buf()?.starts_with(b"\xef\xbb\xbf") {
            entries.reader.consume(3);
        }
        Ok(entries)
    }

    /// The next entry, or `None` at the end.
    ///
    /// # Errors
    ///
    /// If reading fails.
    pub fn next_entry(&mut self) -> io::Result<Option<Cut>> {
        match self.layout {
            Layout::Lines => self.next_line(),
            Layout::Whole => self.next_element(),
        }
    }

    fn next_line(&mut self) -> io::Result<Option<Cut>> {
        let mut line = Kept::new(self.limits.json_bytes);
        let mut read = false;
        loop {
            match self.byte()? {
                None if !read => return Ok(None),
                None | Some(b'\n') => break,
                Some(byte) => line.push(byte),
            }
            read = true;
        }
        self.number = self.number.saturating_add(1);
        if line.bytes.iter().all(u8::is_ascii_whitespace) && !line.over {
            return Ok(Some(Cut::Blank));
        }
        Ok(Some(Cut::Entry(self.number, line.text())))
    }

    fn next_element(&mut self) -> io::Result<Option<Cut>> {
        loop {
            let (byte, at) = self.sign()?;
            self.state = match (self.state, byte) {
                (State::Over, _) | (State::End, None) => return Ok(None),
                (State::Start, Some(b'[')) => State::Before { comma: false },
                (State::Start, Some(b'{')) => {
                    return self.element(b'{', at, State::End).map(Some);
                }
                (State::Start, _) => {
                    self.state = State::Over;
                    return Ok(Some(Cut::NotObjects(at)));
                }
                (State::Before { comma: false }, Some(b']')) => State::End,
                (State::After, Some(b',')) => State::Before { comma: true },
                (State::After, Some(b']')) => State::End,
                (State::Before { .. }, Some(byte)) if !matches!(byte, b',' | b']' | b'}') => {
                    return self.element(byte, at, State::After).map(Some);
                }
                (State::Before { .. } | State::After | State::End, _) => {
                    self.state = State::Over;
                    return Ok(Some(Cut::Broken {
                        at,
                        ended: byte.is_none(),
                        open: None,
                    }));
                }
            };
        }
    }

    /// Keeps the bytes of one element that begins with `first`, which stands at `begin`.
    fn element(&mut self, first: u8, begin: Spot, then: State) -> io::Result<Cut> {
        self.number = self.number.saturating_add(1);
        let mut element = Kept::new(self.limits.json_bytes);
        let mut depth = 0_u64;
        let mut quoted = false;
        let mut escaped = false;
        let mut next = Some(first);
        while let Some(byte) = next {
            element.push(byte);
            if quoted {
                quoted = escaped || byte != b'"';
                escaped = !escaped && byte == b'\\';
            } else {
                match byte {
                    b'"' => quoted = true,
                    b'{' | b'[' => depth = depth.saturating_add(1),
                    b'}' | b']' => depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
            let whole = depth == 0 && !quoted && matches!(byte, b'}' | b']' | b'"');
            // A figure or a word ends where a sign of the array follows.
            let ends = matches!(self.peek()?, Some(b',' | b']' | b'}') | None);
            if whole || (depth == 0 && !quoted && ends) {
                self.state = then;
                return Ok(Cut::Entry(self.number, element.text()));
            }
            next = self.byte()?;
        }
        self.state = State::Over;
        self.number = self.number.saturating_sub(1);
        Ok(Cut::Broken {
            at: self.at,
            ended: true,
            open: Some(begin),
        })
    }

    /// How many entries were cut.
    pub const fn count(&self) -> u64 {
        self.number
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.reader.fill_buf()?.first().copied())
    }

    fn byte(&mut self) -> io::Result<Option<u8>> {
        let byte = self.peek()?;
        if let Some(byte) = byte {
            self.reader.consume(1);
            self.at = if byte == b'\n' {
                Spot {
                    line: self.at.line.saturating_add(1),
                    column: 1,
                }
            } else {
                Spot {
                    column: self.at.column.saturating_add(1),
                    ..self.at
                }
            };
        }
        Ok(byte)
    }

    /// The next byte that is not blank, and where it stands.
    fn sign(&mut self) -> io::Result<(Option<u8>, Spot)> {
        loop {
            let at = self.at;
            match self.byte()? {
                Some(b' ' | b'\t' | b'\n' | b'\r') => {}
                byte => return Ok((byte, at)),
            }
        }
    }
}

/// The bytes of an entry, up to a limit.
struct Kept {
    bytes: Vec<u8>,
    limit: usize,
    over: bool,
}

impl Kept {
    const fn new(limit: usize) -> Self {
        Self {
            bytes: Vec::new(),
            limit,
            over: false,
        }
    }

    fn push(&mut self, byte: u8) {
        if self.bytes.len() < self.limit {
            self.bytes.push(byte);
        } else {
            self.over = true;
        }
    }

    fn text(self) -> Result<String, RowFault> {
        if self.over {
            return Err(RowFault::TooLong { limit: self.limit });
        }
        String::from_utf8(self.bytes).map_err(|_| RowFault::NotUtf8)
    }
}

/// The members of an object in written order, values unread, keys perhaps twice.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keep;

        impl<'de> Visitor<'de> for Keep {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Keep)
    }
}

/// Reads one entry as an object: its keys and values in written order.
///
/// # Errors
///
/// If it is not JSON, not an object, names a key twice, or is nested too deep.
pub fn object(text: &str, depth: usize) -> Result<IndexMap<String, Given>, RowFault> {
    if nesting(text) > depth {
        return Err(RowFault::TooDeep { limit: depth });
    }
    let raw: &RawValue = serde_json::from_str(text).map_err(not_json)?;
    match given(raw)? {
        Given::Map(members) => Ok(members),
        Given::Nothing | Given::Flag(_) | Given::Number(_) | Given::Text(_) | Given::List(_) => {
            Err(RowFault::NotAnObject)
        }
    }
}

/// How many brackets are open at most. Looked at before anything descends into the text.
fn nesting(text: &str) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    let (mut quoted, mut escaped) = (false, false);
    for byte in text.bytes() {
        if quoted {
            quoted = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            continue;
        }
        match byte {
            b'"' => quoted = true,
            b'{' | b'[' => open = open.saturating_add(1),
            b'}' | b']' => open = open.saturating_sub(1),
            _ => {}
        }
        most = open.max(most);
    }
    most
}

/// Reads a value. The caller has bounded how deep it is nested, and with it the stack.
fn given(raw: &RawValue) -> Result<Given, RowFault> {
    let text = raw.get();
    match text.bytes().next() {
        Some(b'{') => {
            let members: Members<'_> = serde_json::from_str(text).map_err(not_json)?;
            let mut values = IndexMap::new();
            for (key, value) in members.0 {
                if values.contains_key(&key) {
                    return Err(RowFault::DuplicateKey { key });
                }
                values.insert(key, given(value)?);
            }
            Ok(Given::Map(values))
        }
        Some(b'[') => {
            let elements: Vec<&RawValue> = serde_json::from_str(text).map_err(not_json)?;
            let elements: Result<_, _> = elements.into_iter().map(given).collect();
            Ok(Given::List(elements?))
        }
        Some(b'"') => {
            let text: String = serde_json::from_str(text).map_err(not_json)?;
            Ok(Given::Text(text))
        }
        Some(b't') => Ok(Given::Flag(true)),
        Some(b'f') => Ok(Given::Flag(false)),
        Some(b'n') => Ok(Given::Nothing),
        _ => Ok(Given::Number(text.to_owned())),
    }
}

fn not_json(error: serde_json::Error) -> RowFault {
    let said = error.to_string();
    let detail = said.split(" at line ").next().unwrap_or(&said).to_owned();
    RowFault::NotJson {
        line: error.line(),
        column: error.column(),
        detail,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, layout: Layout) -> Vec<Cut> {
        let limits = ReadLimits {
            json_bytes: 40,
            ..ReadLimits::default()
        };
        let mut entries = Entries::new(text.as_bytes(), layout, limits).unwrap();
        let mut cuts = Vec::new();
        while let Some(cut) = entries.next_entry().unwrap() {
            cuts.push(cut);
        }
        cuts
    }

    fn entry(number: u64, text: &str) -> Cut {
        Cut::Entry(number, Ok(text.to_owned()))
    }

    #[test]
    fn an_array_is_cut_into_its_elements() {
        assert_eq!(
            cut(
                "\u{feff} [ {\"a\": \"]},{\"} ,{\"b\\\"\":[1,{}]}, 7, \"x\" ] \n",
                Layout::Whole
            ),
            [
                entry(1, "{\"a\": \"]},{\"}"),
                entry(2, "{\"b\\\"\":[1,{}]}"),
                entry(3, "7"),
                entry(4, "\"x\""),
            ]
        );
        assert_eq!(cut("[]", Layout::Whole), []);
        assert_eq!(cut(" {\"a\":1} ", Layout::Whole), [entry(1, "{\"a\":1}")]);
    }

    #[test]
    fn a_broken_array_says_so_after_what_could_be_read() {
        let spot = |(line, column)| Spot { line, column };
        for (text, at, ended) in [
            ("[{}", (1, 4), true),
            ("[{},\n", (2, 1), true),
            ("[{},\n  ]", (2, 3), false),
            ("[{}}", (1, 4), false),
            ("[{}]\n\n 1", (3, 2), false),
            ("[{} {}]", (1, 5), false),
        ] {
            let broken = Cut::Broken {
                at: spot(at),
                ended,
                open: None,
            };
            assert_eq!(cut(text, Layout::Whole), [entry(1, "{}"), broken], "{text}");
        }
        // The second entry begins in line 2 and is never closed.
        assert_eq!(
            cut("[{},\n {\"a\":1,\n  \"b\":2", Layout::Whole),
            [
                entry(1, "{}"),
                Cut::Broken {
                    at: spot((3, 8)),
                    ended: true,
                    open: Some(spot((2, 2))),
                }
            ]
        );
        for (text, at) in [
            ("", (1, 1)),
            ("7", (1, 1)),
            ("\n \"a\"", (2, 2)),
            ("nonsense", (1, 1)),
        ] {
            assert_eq!(
                cut(text, Layout::Whole),
                [Cut::NotObjects(spot(at))],
                "{text}"
            );
        }
    }

    #[test]
    fn lines_are_cut_and_an_endless_one_is_refused() {
        let long = format!("{{\"a\":\"{}\"}}", "x".repeat(100));
        assert_eq!(
            cut(&format!("{{}}\n\n{long}\r\n{{\"b\":1}}"), Layout::Lines),
            [
                entry(1, "{}"),
                Cut::Blank,
                Cut::Entry(3, Err(RowFault::TooLong { limit: 40 })),
                entry(4, "{\"b\":1}"),
            ]
        );
    }

    #[test]
    fn figures_keep_their_text() {
        for figure in [
            "0.1000000000000000055511151231257827",
            "5.0",
            "1e3",
            "-0",
            "123456789012345678901234567890",
        ] {
            let read = object(&format!("{{\"a\": {figure}}}"), 64).unwrap();
            assert_eq!(read["a"], Given::Number(figure.to_owned()));
        }
        let read = object("{\"a\": [null, true, \"x\", {}]}", 64).unwrap();
        assert_eq!(
            read["a"],
            Given::List(vec![
                Given::Nothing,
                Given::Flag(true),
                Given::Text("x".to_owned()),
                Given::Map(IndexMap::new()),
            ])
        );
    }

    #[test]
    fn a_key_written_twice_refuses_the_entry_at_any_depth() {
        for text in ["{\"a\":1,\"a\":2}", "{\"b\":[{\"a\":1,\"\\u0061\":1}]}"] {
            assert_eq!(
                object(text, 64),
                Err(RowFault::DuplicateKey {
                    key: "a".to_owned()
                })
            );
        }
    }

    #[test]
    fn what_is_not_an_object_is_refused() {
        for text in ["7", "[]", "null", "\"a\""] {
            assert_eq!(object(text, 64), Err(RowFault::NotAnObject), "{text}");
        }
        for text in [
            "{\"a\":01}",
            "{\"a\":NaN}",
            "{,}",
            "{} {}",
            "{'a':1}",
            "{\"a\":\"\\ud800\"}",
        ] {
            assert!(
                matches!(object(text, 64), Err(RowFault::NotJson { .. })),
                "{text}"
            );
        }
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
        assert!(object(&nested(63), 64).is_ok());
        assert_eq!(
            object(&nested(64), 64),
            Err(RowFault::TooDeep { limit: 64 })
        );
        assert_eq!(
            object(&nested(1_000_000), 64),
            Err(RowFault::TooDeep { limit: 64 })
        );
        assert!(object("{\"a\":\"[[[\\\"[[[\"}", 1).is_ok());
    }
}

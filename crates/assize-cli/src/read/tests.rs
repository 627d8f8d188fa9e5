//! Whole files read through [`open`], one rule a line.

use std::io::Cursor;

use assize::input::{FieldShape, FieldType, Given};

use super::names::tests::{field, figures, inputs, of_type, one};
use super::*;

pub fn subject() -> SubjectColumn {
    SubjectColumn {
        headings: vec!["unit".to_owned(), "单位".to_owned(), "各单位".to_owned()],
        period: vec!["period".to_owned()],
        outer: Vec::new(),
    }
}

fn open_bytes(bytes: &[u8], options: &ReadOptions) -> Result<Rows, ReadError> {
    let source = Source::Stream {
        name: "-".to_owned(),
        reader: Box::new(Cursor::new(bytes.to_vec())),
    };
    open(source, &inputs(), &subject(), options)
}

fn csv() -> ReadOptions {
    ReadOptions {
        format: Some(InputFormat::Csv),
        ..ReadOptions::default()
    }
}

fn json(format: InputFormat) -> ReadOptions {
    ReadOptions {
        format: Some(format),
        ..ReadOptions::default()
    }
}

/// The values as JSON would show them, figures and texts apart.
pub fn shown(given: &Given) -> String {
    match given {
        Given::Nothing => "-".to_owned(),
        Given::Flag(flag) => flag.to_string(),
        Given::Number(digits) => digits.clone(),
        Given::Text(text) => format!("'{text}'"),
        Given::List(all) => format!("[{}]", all.iter().map(shown).collect::<Vec<_>>().join(" ")),
        Given::Map(map) => {
            let pairs = map
                .iter()
                .map(|(key, value)| format!("{key}={}", shown(value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(" "))
        }
    }
}

/// One line a row: row number, subject, period, values; or the reason of the refusal.
pub fn lines(rows: &mut Rows) -> Vec<String> {
    let mut lines = Vec::new();
    for row in rows.by_ref() {
        lines.push(match row {
            Ok(record) => {
                let values = record.subject.values.iter();
                let values = values.map(|(key, value)| format!("{key}={}", shown(value)));
                format!(
                    "{} {} {} {}",
                    record.place.row,
                    record.name,
                    record.period.as_deref().unwrap_or("-"),
                    values.collect::<Vec<_>>().join(" ")
                )
            }
            Err(RowError::Refused(row)) => {
                let refusal = row.refusal();
                let (code, field) = (refusal.code.name(), refusal.field);
                format!("{} {} refused {code} {field}", row.place.row, row.name)
            }
            Err(RowError::Stopped(error)) => format!("stopped {error:?}"),
        });
    }
    lines
}

fn read_csv(text: &str) -> Vec<String> {
    lines(&mut open_bytes(text.as_bytes(), &csv()).unwrap())
}

fn refused(text: &str) -> ReadError {
    open_bytes(text.as_bytes(), &csv()).err().unwrap()
}

pub fn in_english(words: Vec<Words>) -> Vec<String> {
    words.into_iter().map(|words| words.en).collect()
}

#[test]
fn a_column_is_headed_by_key_or_label_at_each_level() {
    assert_eq!(
        read_csv(
            "单位,period,检查发现的问题,sub_scores.attitude,分项得分.工作技能,各档人数.很满意\n\
             后勤科, 2024-03 , 3 ,85,,5\n"
        ),
        ["2 后勤科 2024-03 issues_found='3' sub_scores={attitude='85'} survey_counts={很满意='5'}"]
    );
}

#[test]
fn a_member_may_stand_alone_where_it_means_one_input() {
    assert_eq!(
        read_csv("服务态度,很满意\n85,3\n"),
        ["2 2 - sub_scores={attitude='85'} survey_counts={很满意='3'}"]
    );
    let twice = [
        field("a", "", FieldShape::Group(vec![one("x", "得分")])),
        field("b", "", FieldShape::Group(vec![one("x", "得分")])),
    ];
    let source = Source::Stream {
        name: "-".to_owned(),
        reader: Box::new(Cursor::new("得分\n1\n")),
    };
    let error = open(source, &twice, &subject(), &csv()).err().unwrap();
    assert_eq!(
        error.to_string(),
        "-, line 1: column A (得分) may be `a.x` or `b.x`; head it with one of these"
    );
}

#[test]
fn one_input_headed_twice_names_both_columns() {
    let error = refused("单位,issues_found,检查发现的问题\n");
    assert_eq!(
        error.to_string(),
        "-, line 1: column B (issues_found) and column C (检查发现的问题) both hold `issues_found`; keep one"
    );
    assert_eq!(
        error.words().zh,
        "-，第 1 行：B 列（issues_found）与 C 列（检查发现的问题）都是“issues_found”，请只保留一列"
    );
    assert!(matches!(
        refused("单位,issues_found,unit\n"),
        ReadError::Headings { fault, .. } if matches!(*fault, HeadingFault::HeadedTwice { .. })
    ));
}

#[test]
fn an_input_of_many_figures_does_not_fit_in_one_column() {
    assert_eq!(
        refused("单位,分项得分\n").to_string(),
        "-, line 1: column B (分项得分) names several figures; give each its own column, as `分项得分.服务态度`"
    );
}

#[test]
fn unknown_columns_are_told_once_and_not_read() {
    let text = "单位,isues_found,备注,issues_found,\na,1,x,2,\nb,1,x,2,y\n";
    let mut rows = open_bytes(text.as_bytes(), &csv()).unwrap();
    assert_eq!(
        lines(&mut rows),
        ["2 a - issues_found='2'", "3 b - issues_found='2'"]
    );
    assert_eq!(
        in_english(rows.take_warnings()),
        [
            "column B (isues_found) is not an input of the scheme and is not read; did you mean `issues_found`?",
            "column C (备注) is not an input of the scheme and is not read",
            "-: column E has no heading and is not read",
        ]
    );
}

#[test]
fn headings_parted_by_other_signs_than_commas_are_told() {
    for (sign, en, zh) in [
        (';', "semicolons", "分号"),
        ('\t', "tabs", "制表符"),
        ('；', "Chinese signs", "中文标点"),
        ('，', "Chinese signs", "中文标点"),
    ] {
        let text = format!("单位{sign}issues_found\na{sign}1\n");
        let words = refused(&text).words();
        assert!(words.en.contains(en), "{}", words.en);
        assert!(words.zh.contains(zh), "{}", words.zh);
    }
    // One column that is known holds what it holds.
    let mut rows = open_bytes("issues_found\n3; 4\n".as_bytes(), &csv()).unwrap();
    assert_eq!(lines(&mut rows), ["2 2 - issues_found='3; 4'"]);
}

#[test]
fn headings_of_which_none_is_known_are_wrong_use() {
    assert!(matches!(
        refused("2024年3月考评表,,\n单位,issues_found,\n"),
        ReadError::Headings { fault, .. } if matches!(*fault, HeadingFault::NoneKnown { .. })
    ));
    let options = ReadOptions {
        header_row: 2,
        ..csv()
    };
    let text = "2024年3月考评表,,\n单位,issues_found,\na,1,\n";
    let mut rows = open_bytes(text.as_bytes(), &options).unwrap();
    assert_eq!(lines(&mut rows), ["3 a - issues_found='1'"]);
    assert!(matches!(refused(""), ReadError::NoHeadings { .. }));
    assert!(matches!(refused("\nunit\n"), ReadError::NoHeadings { .. }));
}

#[test]
fn a_key_that_a_known_map_does_not_have_is_handed_on() {
    assert_eq!(
        read_csv("各档人数.好,issues_found\n1,2\n,2\n"),
        [
            "2 2 - survey_counts={好='1'} issues_found='2'",
            "3 3 - issues_found='2'"
        ]
    );
}

#[test]
fn a_list_stands_in_one_cell() {
    assert_eq!(
        read_csv("扣分,issues_found\n2; 3.5,1;2\n2；3.5,\n7,\n,1\n1;;2,\n"),
        [
            "2 2 - deductions=['2' '3.5'] issues_found='1;2'",
            "3 3 - deductions=['2' '3.5'] issues_found=-",
            "4 4 - deductions=['7'] issues_found=-",
            "5 5 - deductions=- issues_found='1'",
            "6 6 - deductions=['1' - '2'] issues_found=-",
        ]
    );
}

#[test]
fn one_bad_row_changes_no_other() {
    let good = "单位,issues_found\na,1\nb,2\nc,3\n";
    let all = read_csv(good);
    for bad in ["x", "x,1,2", "\"x,1", "x\"y,1", "\"x\"y,1", "x\ry,1"] {
        let rows = read_csv(&good.replace("b,2", bad));
        assert_eq!(rows.len(), 3, "{bad:?}");
        assert_eq!((&rows[0], &rows[2]), (&all[0], &all[2]), "{bad:?}");
        assert_eq!(rows[1], "3 3 refused type row", "{bad:?}");
    }
}

#[test]
fn empty_rows_are_passed_over_and_counted_inside_the_data() {
    let text = "单位,issues_found\n\na,1\n,\n , \nb,2\n,\n\n";
    let mut rows = open_bytes(text.as_bytes(), &csv()).unwrap();
    assert_eq!(
        lines(&mut rows),
        ["3 a - issues_found='1'", "6 b - issues_found='2'"]
    );
    assert_eq!(rows.rows_read(), 2);
    assert_eq!(in_english(rows.notes()), ["empty rows passed over: 3"]);
}

#[test]
fn the_error_for_another_encoding_says_what_to_write() {
    // 单位 in GB18030 is B5 A5 CE BB.
    let text = b"\xb5\xa5\xce\xbb,issues_found\n\xb5\xa5,1\n";
    let error = open_bytes(text, &csv()).err().unwrap();
    assert!(error.to_string().contains("--encoding gb18030"), "{error}");
    let options = ReadOptions {
        encoding: Encoding::Gb18030,
        ..csv()
    };
    let mut rows = open_bytes(text, &options).unwrap();
    assert_eq!(lines(&mut rows), ["2 单 - issues_found='1'"]);
    let marked = "\u{feff}单位\n";
    assert!(matches!(
        open_bytes(marked.as_bytes(), &options).err().unwrap(),
        ReadError::Utf8Mark { .. }
    ));
    assert!(open_bytes(marked.as_bytes(), &csv()).is_ok());
    assert!(matches!(
        open_bytes(b"\xff\xfeu\0", &csv()).err().unwrap(),
        ReadError::Utf16 { .. }
    ));
    let options = ReadOptions {
        encoding: Encoding::Gb18030,
        ..json(InputFormat::Json)
    };
    assert!(matches!(
        open_bytes(b"{}", &options).err().unwrap(),
        ReadError::EncodingNotAsked { .. }
    ));
}

#[test]
fn a_row_in_another_encoding_is_refused_alone() {
    let mut rows = open_bytes(b"unit\na\n\xb5\xa5\nb\n", &csv()).unwrap();
    assert_eq!(
        lines(&mut rows),
        ["2 a - ", "3 3 refused type row", "4 b - "]
    );
}

#[test]
fn a_number_of_a_row_is_told_from_a_name() {
    let mut rows = open_bytes(b"unit,issues_found\n2,1\n,1\n", &csv()).unwrap();
    let mut next = || rows.next().unwrap().unwrap();
    let (named, unnamed) = (next(), next());
    assert_eq!((named.name.as_str(), named.is_named), ("2", true));
    assert_eq!((unnamed.name.as_str(), unnamed.is_named), ("3", false));
}

#[test]
fn columns_are_limited() {
    let headings = vec!["unit"; 1025].join(",");
    assert!(matches!(
        refused(&headings),
        ReadError::TooManyColumns { limit: 1024, .. }
    ));
}

#[test]
fn an_error_finds_its_column() {
    let mut rows = open_bytes("单位,分项得分.服务态度\na,1\n".as_bytes(), &csv()).unwrap();
    let record = rows.next().unwrap().unwrap();
    let columns = record.columns.unwrap();
    let column = columns.of_input("attitude").unwrap();
    assert_eq!(column.words().en, "column B (分项得分.服务态度)");
    assert_eq!(columns.of_input("skill"), None);
    assert_eq!(record.place.words().zh, "-，第 2 行");
}

#[test]
fn objects_of_a_line_each() {
    let text = "{\"unit\":\"甲\",\"issues_found\":3,\"deductions\":[2,\"3.5\"]}\n\
                \n\
                {\"单位\":7,\"period\":\"2024-03\",\"issues_found\":3.0,\"extra\":1}\n\
                {\"unit\":\"乙\",\"issues_found\":1,\"issues_found\":2}\n\
                {\"unit\":\"丙\",\"issues_found\":1,\"检查发现的问题\":2}\n\
                {\"unit\":[1]}\n\
                nonsense\n\
                [1]\n\
                {\"input\":{\"issues_found\":1}}\n";
    let mut rows = open_bytes(text.as_bytes(), &json(InputFormat::JsonLines)).unwrap();
    assert_eq!(
        lines(&mut rows),
        [
            "1 甲 - issues_found=3 deductions=[2 '3.5']",
            "3 7 2024-03 issues_found=3.0",
            "4 4 refused conflict issues_found",
            "5 丙 refused conflict issues_found",
            "6 6 refused type row",
            "7 7 refused type row",
            "8 8 refused type row",
            "9 9 - ",
        ]
    );
    assert_eq!(
        in_english(rows.take_warnings()),
        [
            "-: `extra` is not an input of the scheme and is not read",
            "-: `input` is not an input of the scheme and is not read",
        ]
    );
    assert_eq!(in_english(rows.notes()), ["empty rows passed over: 1"]);
}

#[test]
fn an_array_and_one_object() {
    let text = "[{\"unit\":\"甲\",\"sub_scores\":{}},\n{\"sub_scores\":{\"服务态度\":\"85\"}}]";
    let mut rows = open_bytes(text.as_bytes(), &json(InputFormat::Json)).unwrap();
    assert_eq!(
        lines(&mut rows),
        ["1 甲 - sub_scores={}", "2 2 - sub_scores={attitude='85'}"]
    );
    let mut rows = open_bytes(b"{\"issues_found\":null}", &json(InputFormat::Json)).unwrap();
    assert_eq!(lines(&mut rows), ["1 1 - issues_found=-"]);
    let mut rows = open_bytes(b"[{},", &json(InputFormat::Json)).unwrap();
    assert!(matches!(rows.next(), Some(Ok(_))));
    assert!(matches!(rows.next(), Some(Err(RowError::Stopped(_)))));
    assert!(rows.next().is_none());
}

#[test]
fn a_broken_json_text_says_where() {
    for (text, told) in [
        ("{}\n{}", "-, line 2, byte 1: this sign"),
        (
            "[{},\n{}",
            "-: the JSON text ends in line 2, byte 3, and its array",
        ),
        (
            "[{},\n {\"late\": 1\n",
            "-: the JSON text ends in line 3, byte 1, and the entry that begins in line 2, byte 2",
        ),
        ("\n 7", "-, line 2, byte 2: expected an array"),
    ] {
        let mut rows = open_bytes(text.as_bytes(), &json(InputFormat::Json)).unwrap();
        let stopped = rows.find_map(|row| match row {
            Err(RowError::Stopped(error)) => Some(error.words()),
            _ => None,
        });
        let words = stopped.unwrap();
        assert!(words.en.starts_with(told), "{text}: {}", words.en);
        assert!(words.zh.contains("个字节"), "{text}: {}", words.zh);
    }
}

#[test]
fn the_format_is_told_by_the_extension_or_by_the_user() {
    let stream = Source::of_argument(Path::new("-"));
    assert!(matches!(
        open(stream, &[], &subject(), &ReadOptions::default()),
        Err(ReadError::FormatNeeded)
    ));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("DATA.CSV");
    std::fs::write(&path, "unit\na\n").unwrap();
    let open_file = |path: &Path| {
        let source = Source::File(path.to_owned());
        open(source, &inputs(), &subject(), &ReadOptions::default())
    };
    assert_eq!(lines(&mut open_file(&path).unwrap()), ["2 a - "]);
    let error = open_file(&folder.path().join("data.txt")).err().unwrap();
    assert!(error.to_string().contains("--input-format"), "{error}");
    let missing = open_file(&folder.path().join("none.csv"));
    assert!(matches!(missing, Err(ReadError::Open { .. })));
}

#[test]
fn a_hundred_thousand_rows_with_one_bad() {
    struct Table(u64, Vec<u8>);
    impl Read for Table {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.1.is_empty() && self.0 <= 100_000 {
                self.1 = match self.0 {
                    0 => b"unit,issues_found\n".to_vec(),
                    777 => b"\"unit 777,1\n".to_vec(),
                    row => format!("unit {row},{row}\n").into_bytes(),
                };
                self.0 += 1;
            }
            let count = self.1.len().min(buffer.len());
            buffer[..count].copy_from_slice(&self.1[..count]);
            self.1.drain(..count);
            Ok(count)
        }
    }
    let source = Source::Stream {
        name: "-".to_owned(),
        reader: Box::new(Table(0, Vec::new())),
    };
    let rows = open(source, &inputs(), &subject(), &csv()).unwrap();
    let mut row = 0_u64;
    for read in rows {
        row += 1;
        match read {
            Ok(record) => {
                assert_eq!(record.name, format!("unit {row}"));
                let figure = &record.subject.values["issues_found"];
                assert_eq!(*figure, Given::Text(row.to_string()));
            }
            Err(error) => {
                assert_eq!(row, 777);
                assert!(matches!(error, RowError::Refused(_)));
            }
        }
    }
    assert_eq!(row, 100_000);
}

/// Inputs that the grown language has: free names, keys in order, rows of several kinds.
fn grown() -> Vec<InputField> {
    let keys = ["q1", "q2", "q3"]
        .map(|key| (key.to_owned(), None))
        .to_vec();
    let answers = FieldShape::Map {
        keys,
        value: FieldType::Figure,
        in_order: true,
    };
    let counts = |options: [&str; 2]| {
        let keys = options.map(|option| (option.to_owned(), None)).to_vec();
        let map = FieldShape::Map {
            keys,
            value: FieldType::Count,
            in_order: false,
        };
        vec![field("counts", "各档人数", map)]
    };
    let scales = ["A", "B"].map(|scale| (scale.to_owned(), None)).to_vec();
    let survey = FieldShape::OneOf {
        tag: Box::new(of_type("scale", "量表", FieldType::Option(scales))),
        kinds: vec![counts(["满意", "一般"]), counts(["同意", "一般"])],
    };
    vec![
        field("visits", "走访", FieldShape::Named(FieldType::Count)),
        field("answers", "答卷", answers.clone()),
        field("responses", "", FieldShape::List(Box::new(answers))),
        field("rounds", "", FieldShape::List(Box::new(figures()))),
        field("surveys", "调查", FieldShape::List(Box::new(survey))),
        of_type("due", "到期日", FieldType::Date),
    ]
}

fn grown_rows(format: InputFormat, text: &str) -> Result<Rows, ReadError> {
    let source = Source::Stream {
        name: "-".to_owned(),
        reader: Box::new(Cursor::new(text.to_owned())),
    };
    open(source, &grown(), &subject(), &json(format))
}

fn grown_csv(text: &str) -> Result<Vec<String>, String> {
    let rows = grown_rows(InputFormat::Csv, text);
    rows.map(|mut rows| lines(&mut rows))
        .map_err(|error| error.to_string())
}

#[test]
fn names_that_data_gives_are_columns_below_their_map() {
    assert_eq!(
        grown_csv("unit,走访.甲公司,visits.B.1\na,1,\nb,,2\nc,,\n"),
        Ok(vec![
            "2 a - visits={甲公司='1'}".to_owned(),
            "3 b - visits={B.1='2'}".to_owned(),
            "4 c - ".to_owned(),
        ])
    );
    let fault = grown_csv("unit,走访\n").unwrap_err();
    assert!(fault.contains("as `走访.…`"), "{fault}");
    let fault = grown_csv("unit,visits.A,走访.A\n").unwrap_err();
    assert!(fault.contains("both hold `visits.A`"), "{fault}");
}

#[test]
fn a_map_in_the_order_of_its_keys_stands_in_one_cell_or_in_columns() {
    assert_eq!(
        grown_csv("unit,答卷\na,1; 2;3\nb,\n"),
        Ok(vec![
            "2 a - answers=['1' '2' '3']".to_owned(),
            "3 b - answers=-".to_owned(),
        ])
    );
    assert_eq!(
        grown_csv("unit,answers.q2,q1\na,1,2\n"),
        Ok(vec!["2 a - answers={q2='1' q1='2'}".to_owned()])
    );
    let fault = grown_csv("unit,answers,answers.q2\n").unwrap_err();
    assert!(fault.contains("both hold `answers.q2`"), "{fault}");
}

#[test]
fn rows_do_not_fit_in_a_cell() {
    for heading in ["调查", "surveys.counts.满意", "responses", "rounds"] {
        let fault = grown_csv(&format!("unit,{heading}\n")).unwrap_err();
        assert!(fault.contains("which has rows of its own"), "{fault}");
        assert!(fault.contains("--list"), "{fault}");
    }
    // The members of rows mean nothing outside their list.
    assert!(grown_csv("unit,量表\na,A\n").is_ok());
}

#[test]
fn a_date_is_handed_on_as_it_is_written() {
    assert_eq!(
        grown_csv("unit,到期日\na,2024-02-29\nb,2024年2月30日\n"),
        Ok(vec![
            "2 a - due='2024-02-29'".to_owned(),
            "3 b - due='2024年2月30日'".to_owned(),
        ])
    );
}

#[test]
fn rows_in_objects_are_put_under_their_keys() {
    let text = "{\"调查\":[{\"量表\":\"A\",\"各档人数\":{\"满意\":4,\"好\":1}},{\"scale\":\"B\",\"counts\":{\"同意\":\"2\"}},null],\"visits\":{\"A\":1,\"B\":null},\"responses\":[[1,\"2\"],{\"q1\":3}],\"rounds\":[[1],[]]}\n\
                {\"surveys\":[{\"scale\":\"A\",\"量表\":\"A\"}]}\n";
    let mut rows = grown_rows(InputFormat::JsonLines, text).unwrap();
    assert_eq!(
        lines(&mut rows),
        [
            "1 1 - surveys=[{scale='A' counts={满意=4 好=1}} {scale='B' counts={同意='2'}} -] visits={A=1 B=-} responses=[[1 '2'] {q1=3}] rounds=[[1] []]",
            "2 2 refused conflict scale",
        ]
    );
}

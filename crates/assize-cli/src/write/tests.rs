//! Whole outputs, one rule a line.

use std::io::{self, Cursor, Read, Write};
use std::sync::{Arc, Mutex};

use assize::explanation::Explanation;
use assize::number::Rational;
use assize::outcome::{Assumption, Fault, Fired, NoResult, Outcome, Refusal, ResultValue, Scored};
use assize::text::Language;
use calamine::{Data, Reader, Xlsx};
use indexmap::IndexMap;

use super::*;
use crate::words::words;

/// A stream that can be looked at afterwards.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn figure(text: &str) -> Rational {
    text.parse().unwrap()
}

fn scored(results: &[(&str, ResultValue)]) -> Outcome {
    Outcome::Ok(Scored {
        results: fields(results),
        consequences: Vec::new(),
        assumptions: Vec::new(),
    })
}

fn fields(fields: &[(&str, ResultValue)]) -> IndexMap<String, ResultValue> {
    let fields = fields.iter();
    fields
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect()
}

fn text(text: &str) -> ResultValue {
    ResultValue::Text(text.to_owned())
}

/// The outcome that the documentation of the result shows.
fn welfare() -> Outcome {
    let figures = ["47", "52/3", "30", "283/3"].map(|text| ResultValue::Figure(figure(text)));
    let [standards, survey, complaints, total] = figures;
    Outcome::Ok(Scored {
        results: fields(&[
            ("standards", standards),
            ("survey", survey),
            ("complaints", complaints),
            ("total", total),
            ("grade", text("合格")),
        ]),
        consequences: Vec::new(),
        assumptions: vec![Assumption {
            article: Some("六、2".to_owned()),
            text: words!("…", "…"),
        }],
    })
}

fn no_result() -> Outcome {
    Outcome::NoResult(NoResult {
        reason: "not_inspected".to_owned(),
        label: Some("不出具考评意见".to_owned()),
        article: None,
    })
}

fn refused() -> Outcome {
    Outcome::Error(Refusal {
        code: Fault::Type,
        field: "issues_found".to_owned(),
        message: words!("`1,5` is not a count", "“1,5”不是次数"),
    })
}

fn report<'a>(subject: &'a str, outcome: &'a Outcome) -> Report<'a> {
    Report {
        scheme: "welfare-service-502030",
        subject,
        period: None,
        outcome,
        readings: &[],
        trace: None,
    }
}

fn column(path: &str, label: &str) -> ResultColumn {
    ResultColumn {
        path: path.split('.').map(str::to_owned).collect(),
        label: (!label.is_empty()).then(|| label.to_owned()),
    }
}

fn write_bytes(
    format: OutputFormat,
    options: WriteOptions,
    reports: &[Report<'_>],
) -> (Vec<u8>, Summary, Vec<Words>) {
    let kept = Kept::default();
    let destination = Destination::Stream(Box::new(kept.clone()));
    let mut sink = Sink::create(format, destination, options).unwrap();
    for report in reports {
        sink.write(report).unwrap();
    }
    let (summary, notes) = sink.finish().unwrap();
    let bytes = kept.0.lock().unwrap().clone();
    (bytes, summary, notes)
}

fn write(format: OutputFormat, options: WriteOptions, reports: &[Report<'_>]) -> String {
    String::from_utf8(write_bytes(format, options, reports).0).unwrap()
}

#[test]
fn the_documented_object() {
    assert_eq!(
        write(
            OutputFormat::JsonLines,
            WriteOptions::default(),
            &[report("后勤科", &welfare())]
        ),
        "{\"schema_version\": 1, \"scheme\": \"welfare-service-502030\", \"subject\": \"后勤科\", \"status\": \"ok\", \
         \"results\": {\"standards\": \"47\", \"survey\": \"52/3\", \"complaints\": \"30\", \"total\": \"283/3\", \"grade\": \"合格\"}, \
         \"consequences\": [], \"assumptions\": [{\"article\": \"六、2\", \"text\": \"…\"}]}\n"
    );
}

#[test]
fn objects_of_the_other_outcomes() {
    let options = WriteOptions {
        language: Language::Chinese,
        ..WriteOptions::default()
    };
    let (none, refused) = (no_result(), refused());
    let with_period = Report {
        period: Some("2024-03"),
        ..report("a\u{1b}\"b", &none)
    };
    assert_eq!(
        write(
            OutputFormat::JsonLines,
            options,
            &[with_period, report("3", &refused)]
        ),
        "{\"schema_version\": 1, \"scheme\": \"welfare-service-502030\", \"subject\": \"a\\u001b\\\"b\", \"period\": \"2024-03\", \
         \"status\": \"no_result\", \"reason\": \"not_inspected\", \"label\": \"不出具考评意见\"}\n\
         {\"schema_version\": 1, \"scheme\": \"welfare-service-502030\", \"subject\": \"3\", \"status\": \"error\", \
         \"code\": \"type\", \"field\": \"issues_found\", \"message\": \"“1,5”不是次数\"}\n"
    );
}

#[test]
fn values_of_each_kind() {
    let long = "1234567890123456789012345678901234567890";
    let outcome = Outcome::Ok(Scored {
        results: fields(&[
            ("many", ResultValue::Count(figure(long))),
            ("exact", ResultValue::Figure(figure("-0.3"))),
            ("met", ResultValue::Flag(true)),
            (
                "list",
                ResultValue::List(vec![ResultValue::Count(figure("2")), text("x")]),
            ),
            (
                "fields",
                ResultValue::Fields(fields(&[("A", ResultValue::Figure(figure("1/3")))])),
            ),
        ]),
        consequences: vec![Fired {
            name: "fine".to_owned(),
            label: None,
            amount: Some(figure("2000")),
            to: Some("销售经理".to_owned()),
            article: None,
            row: None,
        }],
        assumptions: Vec::new(),
    });
    let trace = Explanation {
        title: "题".to_owned(),
        ending: None,
        readings: Vec::new(),
        figures: Vec::new(),
    };
    let report = Report {
        readings: &[],
        trace: Some(&trace),
        ..report("1", &outcome)
    };
    let json = write(OutputFormat::JsonLines, WriteOptions::default(), &[report]);
    assert!(
        json.contains(&format!(
            "\"results\": {{\"many\": {long}, \"exact\": \"-0.3\", \"met\": true, \"list\": [2, \"x\"], \"fields\": {{\"A\": \"1/3\"}}}}, \
             \"consequences\": [{{\"name\": \"fine\", \"amount\": \"2000\", \"to\": \"销售经理\"}}], \"assumptions\": [], \
             \"trace\": {{\"title\":\"题\",\"figures\":[]}}}}"
        )),
        "{json}"
    );
}

#[test]
fn an_array_is_json_whatever_its_length() {
    let welfare = welfare();
    for count in 0..3 {
        let reports = vec![report("a", &welfare); count];
        let json = write(OutputFormat::Json, WriteOptions::default(), &reports);
        let read: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
        assert_eq!(read.len(), count);
    }
}

fn table_options() -> WriteOptions {
    WriteOptions {
        columns: vec![
            column("total", "总分"),
            column("weights.mystery", ""),
            column("grade", "等次"),
        ],
        ..WriteOptions::default()
    }
}

#[test]
fn one_row_of_csv_each() {
    let results = [
        ("total", ResultValue::Figure(figure("-89.5"))),
        (
            "weights",
            ResultValue::Fields(fields(&[
                ("mystery", ResultValue::Figure(figure("2/3"))),
                ("other", ResultValue::Flag(true)),
            ])),
        ),
        ("grade", text("合格, 良")),
    ];
    let (ok, none, refused) = (scored(&results), no_result(), refused());
    let reports = [report("a", &ok), report("b", &none), report("c", &refused)];
    let (bytes, summary, notes) = write_bytes(OutputFormat::Csv, table_options(), &reports);
    assert_eq!(
        String::from_utf8(bytes).unwrap(),
        "subject,status,total,weights.mystery,grade,reason,code,field,message,consequences,assumptions\n\
         a,ok,-89.5,2/3,\"合格, 良\",,,,,,\n\
         b,no_result,,,,not_inspected,,,,,\n\
         c,error,,,,,type,issues_found,\"`1,5` is not a count\",,\n"
    );
    assert_eq!(
        summary.words().en,
        "3 read: 1 scored, 1 without result, 1 refused"
    );
    assert_eq!(summary.all(), 3);
    assert_eq!(
        notes[0].en,
        "results without a column, to be found in jsonl: weights.other"
    );
}

#[test]
fn csv_for_excel() {
    let options = WriteOptions {
        headings: Headings::Labels,
        byte_order_mark: ByteOrderMark::Present,
        language: Language::Chinese,
        subject_label: Some("各单位".to_owned()),
        with_period: true,
        places: Some(2),
        ..table_options()
    };
    let outcome = scored(&[("total", ResultValue::Figure(figure("52/3")))]);
    assert_eq!(
        write(OutputFormat::Csv, options, &[report("甲", &outcome)]),
        "\u{feff}各单位,周期,状态,总分,weights.mystery,等次,不出具结果的原因,拒收代码,拒收数据项,拒收说明,奖惩,推定\n\
         甲,,ok,17.33,,,,,,,,\n"
    );
}

#[test]
fn excel_does_not_change_a_figure_of_csv() {
    for (given, bare, guarded) in [
        ("5/6", "5/6", "'5/6"),
        ("-5/6", "-5/6", "'-5/6"),
        ("1234567890123456", "1234567890123456", "'1234567890123456"),
        ("-12.5", "-12.5", "-12.5"),
    ] {
        let outcome = scored(&[("total", ResultValue::Figure(figure(given)))]);
        for (mark, expected) in [
            (ByteOrderMark::Absent, bare),
            (ByteOrderMark::Present, guarded),
        ] {
            let options = WriteOptions {
                byte_order_mark: mark,
                ..table_options()
            };
            let csv = write(OutputFormat::Csv, options, &[report("a", &outcome)]);
            let row = csv.split_once('\n').unwrap().1;
            assert_eq!(row, format!("a,ok,{expected},,,,,,,,\n"));
        }
    }
}

#[test]
fn no_text_of_csv_becomes_a_formula() {
    for (given, expected) in [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "\"'\t=1\""),
        ("\r=1", "\"'\r=1\""),
        ("=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\""),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
    ] {
        let outcome = scored(&[("grade", text(given))]);
        let csv = write(
            OutputFormat::Csv,
            table_options(),
            &[report(given, &outcome)],
        );
        let row = csv.split_once('\n').unwrap().1;
        assert_eq!(row, format!("{expected},ok,,,{expected},,,,,,\n"));
    }
}

#[test]
fn a_list_stands_in_one_cell() {
    let list = vec![
        ResultValue::Figure(figure("1")),
        ResultValue::Figure(figure("2.5")),
    ];
    let outcome = scored(&[("total", ResultValue::List(list))]);
    let csv = write(OutputFormat::Csv, table_options(), &[report("a", &outcome)]);
    assert!(csv.ends_with("\na,ok,1; 2.5,,,,,,,,\n"), "{csv}");
}

/// Two rows with a figure, a text and a flag each.
fn rows() -> Outcome {
    let row = |rank: &str, id: &str| {
        let members = [("id", text(id)), ("rank", ResultValue::Count(figure(rank)))];
        ResultValue::Fields(fields(&members))
    };
    let list = ResultValue::List(vec![row("1", "甲,a"), row("2", "乙")]);
    scored(&[("total", list)])
}

#[test]
fn rows_stand_in_one_cell_as_json() {
    let outcome = rows();
    let json = "[{\"id\": \"甲,a\", \"rank\": 1}, {\"id\": \"乙\", \"rank\": 2}]";
    let report = [report("a", &outcome)];
    let lines = write(OutputFormat::JsonLines, table_options(), &report);
    assert!(lines.contains(&format!("\"total\": {json}")), "{lines}");
    let csv = write(OutputFormat::Csv, table_options(), &report);
    let quoted = json.replace('"', "\"\"");
    assert!(csv.contains(&format!("\na,ok,\"{quoted}\",")), "{csv}");
    let (cells, _) = workbook(table_options(), &report);
    assert_eq!(cells[1][2], Data::String(json.to_owned()));
    let table = write(OutputFormat::Table, table_options(), &report);
    assert!(
        table.contains("[2 rows]") && !table.contains("甲"),
        "{table}"
    );
}

/// Cells as another reader of workbooks sees them, and the XML of the sheet.
fn workbook(options: WriteOptions, reports: &[Report<'_>]) -> (Vec<Vec<Data>>, String) {
    let (bytes, _, _) = write_bytes(OutputFormat::Xlsx, options, reports);
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes.clone())).unwrap();
    let name = book.sheet_names()[0].clone();
    let range = book.worksheet_range(&name).unwrap();
    assert!(book.worksheet_formula(&name).unwrap().is_empty());
    let rows = range.rows().map(<[Data]>::to_vec).collect();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    let mut sheet = archive.by_name("xl/worksheets/sheet1.xml").unwrap();
    sheet.read_to_string(&mut xml).unwrap();
    (rows, xml)
}

#[test]
fn a_workbook_that_another_reader_reads() {
    let ok = scored(&[
        ("total", ResultValue::Figure(figure("89.25"))),
        (
            "weights",
            ResultValue::Fields(fields(&[("mystery", ResultValue::Flag(true))])),
        ),
        ("grade", text("=1+1 <&> _x000D_ \u{1b} \n 合格")),
    ]);
    let refused = refused();
    let (rows, xml) = workbook(
        table_options(),
        &[report("甲", &ok), report("乙", &refused)],
    );
    assert_eq!(rows[0][2], Data::String("total".to_owned()));
    assert_eq!(
        rows[1][..5],
        [
            Data::String("甲".to_owned()),
            Data::String("ok".to_owned()),
            Data::Float(89.25),
            Data::Bool(true),
            Data::String("=1+1 <&> _x000D_ \u{1b} \n 合格".to_owned()),
        ]
    );
    assert_eq!(rows[2][8], Data::String("`1,5` is not a count".to_owned()));
    assert!(xml.contains("<c r=\"C2\"><v>89.25</v></c>"), "{xml}");
    assert!(xml.contains("s=\"2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">=1+1"));
    assert!(!xml.contains("<f>"));
}

#[test]
fn figures_that_excel_would_shorten_stand_as_text() {
    for (given, is_number) in [
        ("123456789012345", true),
        ("1234567890123456", false),
        ("-0.00123456789012345", true),
        ("0.1234567890123456", false),
        ("100000000000000000000", true),
        ("12345678901234.5", true),
        ("123456789012345.6", false),
        ("52/3", false),
        ("0", true),
    ] {
        let outcome = scored(&[("total", ResultValue::Figure(figure(given)))]);
        let (_, xml) = workbook(table_options(), &[report("a", &outcome)]);
        assert_eq!(
            xml.contains(&format!("<v>{given}</v>")),
            is_number,
            "{given}"
        );
        assert!(xml.contains(&format!(">{given}<")), "{given}");
    }
}

#[test]
fn the_same_results_give_the_same_workbook() {
    let welfare = welfare();
    let once = || {
        write_bytes(
            OutputFormat::Xlsx,
            table_options(),
            &[report("a", &welfare)],
        )
        .0
    };
    assert_eq!(once(), once());
}

#[test]
fn a_text_that_no_cell_holds_is_an_error() {
    let outcome = scored(&[("grade", text(&"字".repeat(32_768)))]);
    let destination = Destination::Stream(Box::new(Kept::default()));
    let mut sink = Sink::create(OutputFormat::Xlsx, destination, table_options()).unwrap();
    assert!(matches!(
        sink.write(&report("a", &outcome)),
        Err(WriteError::TextTooLong { .. })
    ));
}

#[test]
fn a_table_is_aligned_by_the_width_of_its_signs() {
    let ok = scored(&[
        ("total", ResultValue::Figure(figure("283/3"))),
        ("grade", text("合格")),
    ]);
    let (none, refused) = (no_result(), refused());
    let options = WriteOptions {
        language: Language::Chinese,
        columns: vec![column("total", "总分"), column("grade", "等次")],
        ..WriteOptions::default()
    };
    let reports = [
        report("后勤科", &ok),
        report("b", &none),
        report("c", &refused),
    ];
    assert_eq!(
        write(OutputFormat::Table, options, &reports),
        "对象    总分             等次  说明\n\
         ------  ---------------  ----  ---------------------------------\n\
         后勤科  283/3 (≈ 94.33)  合格\n\
         b                              不出具结果：不出具考评意见\n\
         c                              拒收，issues_found：“1,5”不是次数\n"
    );
}

#[test]
fn a_table_shows_the_first_rows_and_how_many_more() {
    let outcome = scored(&[
        ("total", ResultValue::Figure(figure("7.125"))),
        ("grade", ResultValue::Flag(false)),
    ]);
    let options = WriteOptions {
        columns: vec![column("total", ""), column("grade", "")],
        table_rows: 2,
        places: Some(2),
        ..WriteOptions::default()
    };
    let reports: Vec<_> = ["a", "b", "c", "d", "e"]
        .map(|name| report(name, &outcome))
        .into();
    assert_eq!(
        write(OutputFormat::Table, options, &reports),
        "subject  total  grade\n\
         -------  -----  -----\n\
         a         7.13  no\n\
         b         7.13  no\n\
         … and 3 more\n"
    );
}

#[test]
fn a_table_shows_escapes_for_signs_that_steer_a_terminal() {
    let outcome = scored(&[("grade", text("\u{1b}[31mred\u{202e}\nx"))]);
    let long = "长".repeat(40);
    let options = WriteOptions {
        columns: vec![column("grade", "")],
        ..WriteOptions::default()
    };
    let table = write(OutputFormat::Table, options, &[report(&long, &outcome)]);
    let cut = format!("{}…", "长".repeat(29));
    assert!(
        table.ends_with(&format!("\n{cut}  \\u{{1b}}[31mred\\u{{202e}}\\u{{a}}x\n")),
        "{table}"
    );
}

/// A stream whose reader goes away.
struct Closed;

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(io::ErrorKind::BrokenPipe.into())
    }
}

#[test]
fn a_closed_pipe_is_an_error_in_every_form() {
    let welfare = welfare();
    for format in [
        OutputFormat::Table,
        OutputFormat::Json,
        OutputFormat::JsonLines,
        OutputFormat::Csv,
        OutputFormat::Xlsx,
    ] {
        let written = Sink::create(
            format,
            Destination::Stream(Box::new(Closed)),
            table_options(),
        )
        .and_then(|mut sink| {
            for _ in 0..1000 {
                sink.write(&report("a", &welfare))?;
            }
            sink.finish()
        });
        assert!(
            written.is_err_and(|error| error.is_closed_pipe()),
            "{format:?}"
        );
    }
}

#[test]
fn a_file_appears_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.csv");
    std::fs::write(&path, "before").unwrap();
    let welfare = welfare();
    let open = || {
        let destination = Destination::File(path.clone());
        let mut sink = Sink::create(OutputFormat::Csv, destination, table_options()).unwrap();
        sink.write(&report("a", &welfare)).unwrap();
        sink
    };
    drop(open());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "before");
    open().finish().unwrap();
    assert!(
        std::fs::read_to_string(&path)
            .unwrap()
            .starts_with("subject,")
    );
    let files = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(files, 1);
    let nowhere = Destination::File(folder.path().join("none/out.csv"));
    let error = Sink::create(OutputFormat::Csv, nowhere, table_options())
        .err()
        .unwrap();
    assert!(matches!(error, WriteError::Create { .. }));
}

#[cfg(unix)]
#[test]
fn a_link_and_a_device_stay_what_they_are() {
    use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let (path, link) = (
        folder.path().join("out.csv"),
        folder.path().join("link.csv"),
    );
    std::fs::write(&path, "before").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&path, &link).unwrap();
    let write = |path: std::path::PathBuf| {
        let destination = Destination::File(path);
        let sink = Sink::create(OutputFormat::Csv, destination, table_options()).unwrap();
        sink.finish().unwrap();
    };
    write(link.clone());
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(
        std::fs::read_to_string(&path)
            .unwrap()
            .starts_with("subject,")
    );
    let rights = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(rights & 0o777, 0o640);
    write("/dev/null".into());
    let device = std::fs::metadata("/dev/null").unwrap();
    assert!(device.file_type().is_char_device());
}

//! Workbooks that another program wrote, and workbooks made by hand to do harm.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{Format, Formula, Workbook};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use assize::input::FieldType;

use crate::read::names::tests::{inputs, of_type};
use crate::read::tests::{in_english, lines, subject};
use crate::read::{InputFormat, ReadError, ReadLimits, ReadOptions, Rows, Source, open};

fn options() -> ReadOptions {
    ReadOptions {
        format: Some(InputFormat::Xlsx),
        ..ReadOptions::default()
    }
}

fn open_bytes(bytes: Vec<u8>, options: &ReadOptions) -> Result<Rows, ReadError> {
    let source = Source::Stream {
        name: "-".to_owned(),
        reader: Box::new(Cursor::new(bytes)),
    };
    open(source, &inputs(), &subject(), options)
}

const MAIN: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";

/// A workbook of one sheet, whose XML is given.
fn by_hand(sheet: &str) -> Vec<u8> {
    by_hand_with(sheet, CompressionMethod::Deflated)
}

fn by_hand_with(sheet: &str, method: CompressionMethod) -> Vec<u8> {
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"";
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in [
        (
            "_rels/.rels",
            format!(
                "<Relationships {package}><Relationship Id=\"a\" Type=\"{relation}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook {MAIN} xmlns:r=\"{relation}\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"b\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships {package}><Relationship Id=\"b\" Type=\"{relation}/worksheet\" Target=\"/xl/sheet.xml\"/></Relationships>"
            ),
        ),
        ("xl/sheet.xml", sheet.to_owned()),
    ] {
        let options = SimpleFileOptions::default().compression_method(method);
        zip.start_file(name, options).unwrap();
        zip.write_all(part.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn sheet(rows: &str) -> String {
    format!("<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>")
}

/// Headings `unit`, `issues_found` in the first row, then these rows.
fn table(rows: &str) -> Vec<u8> {
    let text = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let (unit, issues) = (text("unit"), text("issues_found"));
    by_hand(&sheet(&format!("<row r=\"1\">{unit}{issues}</row>{rows}")))
}

fn damaged(bytes: Vec<u8>) -> String {
    match open_bytes(bytes, &options()) {
        Ok(mut rows) => lines(&mut rows).join("; "),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_workbook_that_a_library_wrote() {
    let mut book = Workbook::new();
    let percent = Format::new().set_num_format("0.0%");
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let elapsed = Format::new().set_num_format("[h]:mm");
    let sheet = book.add_worksheet().set_name("考评").unwrap();
    for (column, heading) in (0..).zip([
        "单位",
        "period",
        "检查发现的问题",
        "当月是否检查",
        "分项得分.服务态度",
        "扣分",
        "备注",
    ]) {
        sheet.write(0, column, heading).unwrap();
    }
    sheet.write(1, 0, " 后勤科 ").unwrap();
    sheet.write_with_format(1, 1, 45_352, &date).unwrap();
    sheet.write(1, 2, 3).unwrap();
    sheet.write(1, 3, true).unwrap();
    sheet.write(1, 4, 0.1 + 0.2).unwrap();
    sheet.write(1, 5, "2；3.5").unwrap();
    sheet
        .write_formula(1, 6, Formula::new("NA()").set_result("#N/A"))
        .unwrap();
    sheet.write(3, 0, 101).unwrap();
    sheet.write_with_format(3, 2, 0.875, &percent).unwrap();
    sheet
        .write_formula(3, 4, Formula::new("=40+45").set_result("85"))
        .unwrap();
    sheet.write_with_format(4, 2, 1.5, &elapsed).unwrap();
    sheet.write(5, 0, "丙").unwrap();
    sheet
        .write_formula(5, 2, Formula::new("=1/0").set_result("#DIV/0!"))
        .unwrap();
    sheet.write(40, 1, "  ").unwrap();
    let mut rows = open_bytes(book.save_to_buffer().unwrap(), &options()).unwrap();
    assert_eq!(
        lines(&mut rows),
        [
            "2 后勤科 2024-03-01 issues_found=3 inspected=true sub_scores={attitude=0.3} deductions=['2' '3.5']",
            "4 101 - issues_found=0.875 inspected=- sub_scores={attitude=85} deductions=-",
            "5 5 refused type issues_found",
            "6 丙 refused type issues_found",
        ]
    );
    assert_eq!(
        in_english(rows.notes()),
        [
            "empty rows passed over: 1",
            "stored figures of more than 15 digits, read as the 15 that Excel shows: 1",
            "percent cells read as the ratio they store, 40% as 0.4: 1, in column C",
        ]
    );
    assert_eq!(
        in_english(rows.take_warnings()),
        ["column G (备注) is not an input of the scheme and is not read"]
    );
}

#[test]
fn a_sheet_and_a_row_of_headings_may_be_chosen() {
    let mut book = Workbook::new();
    book.add_worksheet()
        .set_name("说明")
        .unwrap()
        .set_hidden(true);
    let first = book.add_worksheet().set_name("一月").unwrap();
    first.set_active(true);
    first.write(0, 0, "2024年1月考评表").unwrap();
    first.write(1, 0, "unit").unwrap();
    first.write(2, 0, "甲").unwrap();
    let second = book.add_worksheet().set_name("二月").unwrap();
    second.write(0, 0, "unit").unwrap();
    second.write(1, 0, "乙").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let read = |sheet: Option<&str>, header_row| {
        let options = ReadOptions {
            sheet: sheet.map(str::to_owned),
            header_row,
            ..options()
        };
        open_bytes(bytes.clone(), &options).map(|mut rows| {
            let lines = lines(&mut rows);
            (lines, in_english(rows.take_warnings()))
        })
    };
    let several = "- has several sheets; 一月 is read. Choose another with --sheet".to_owned();
    assert_eq!(
        read(None, 2).unwrap(),
        (vec!["3 甲 - ".to_owned()], vec![several])
    );
    assert_eq!(
        read(Some("二月"), 1).unwrap(),
        (vec!["2 乙 - ".to_owned()], vec![])
    );
    let unknown = read(None, 1).unwrap_err().to_string();
    assert!(unknown.contains("no heading names an input"), "{unknown}");
    assert!(matches!(
        read(None, 7),
        Err(ReadError::NoHeadings { row: 7, .. })
    ));
    assert_eq!(
        read(Some("三月"), 1).unwrap_err().words().zh,
        "- 没有工作表“三月”；现有：说明、一月、二月"
    );
}

#[test]
fn a_merged_area_has_its_value_in_its_first_cell() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(["unit", "issues_found", "备注"]) {
        sheet.write(0, column, heading).unwrap();
    }
    let plain = Format::new();
    sheet.merge_range(1, 0, 2, 0, "甲", &plain).unwrap();
    sheet.write(1, 1, 1).unwrap();
    sheet.write(2, 1, 2).unwrap();
    sheet.write(3, 0, "乙").unwrap();
    sheet.write(3, 1, 3).unwrap();
    sheet.merge_range(3, 2, 4, 2, "x", &plain).unwrap();
    sheet.write(4, 0, "丙").unwrap();
    let mut rows = open_bytes(book.save_to_buffer().unwrap(), &options()).unwrap();
    assert_eq!(
        lines(&mut rows),
        [
            "2 甲 - issues_found=1",
            "3 3 refused type row",
            "4 乙 - issues_found=3",
            "5 丙 - issues_found=-",
        ]
    );
}

#[test]
fn cells_as_files_store_them() {
    let rows = "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><r><t>甲</t></r><rPh><t>jia</t></rPh><r><t>&amp;&#x4E59;_x0041_</t></r></is></c><c r=\"B2\"><v>1.1000000000000001</v></c></row>\
                <row><c t=\"str\"><f>A1</f><v>丙</v></c><c><v> 7 </v></c></row>\
                <row r=\"5\"><c r=\"A5\" s=\"3\"/><c r=\"B5\"><f>A1+1</f></c></row>\
                <row r=\"6\"><c r=\"B6\" t=\"n\"><v>abc</v></c></row>\
                <row r=\"7\"><c r=\"B7\" t=\"d\"><v>2024-03-01</v></c></row>\
                <row r=\"8\"><c r=\"B8\" t=\"e\"><v>#N/A</v></c></row>\
                <row r=\"9\"><c r=\"A9\"><v></v></c></row>";
    let mut rows = open_bytes(table(rows), &options()).unwrap();
    assert_eq!(
        lines(&mut rows),
        [
            "2 甲&乙A - issues_found=1.1",
            "3 丙 - issues_found=7",
            "5 5 refused type issues_found",
            "6 6 refused type issues_found",
            "7 7 - issues_found='2024-03-01'",
            "8 8 refused type issues_found",
        ]
    );
    assert_eq!(in_english(rows.notes())[0], "empty rows passed over: 1");
}

#[test]
fn two_cells_far_apart_cost_two_cells() {
    let rows = "<row r=\"2\"><c r=\"B2\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row>";
    let mut rows = open_bytes(table(rows), &options()).unwrap();
    assert_eq!(
        lines(&mut rows),
        ["2 2 - issues_found=1", "1048576 1048576 - issues_found=-"]
    );
    assert_eq!(
        in_english(rows.take_warnings()),
        ["-: column XFD has no heading and is not read"]
    );
}

#[test]
fn rows_and_cells_come_in_order_each_once() {
    for rows in [
        "<row r=\"1\"/>",
        "<row r=\"3\"/><row r=\"2\"/>",
        "<row r=\"1048577\"/>",
        "<row r=\"x\"/>",
        "<row r=\"2\"><c r=\"B2\"/><c r=\"A2\"/></row>",
        "<row r=\"2\"><c r=\"A2\"/><c r=\"A2\"/></row>",
        "<row r=\"2\"><c r=\"A3\"/></row>",
        "<row r=\"2\"><c r=\"XFE2\"/></row>",
        "<row r=\"2\"><c r=\"A99999999999999999999\"/></row>",
    ] {
        let said = damaged(table(rows));
        assert!(said.contains("out of order"), "{rows}: {said}");
    }
}

#[test]
fn what_is_no_workbook_says_so() {
    for (bytes, expected) in [
        (b"unit,issues_found\n".to_vec(), "is not an .xlsx workbook"),
        (Vec::new(), "is not an .xlsx workbook"),
        (
            b"PK\x03\x04 and nothing more".to_vec(),
            "is not an .xlsx workbook",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(),
            "old .xls workbook or has a password",
        ),
    ] {
        let said = damaged(bytes);
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn damage_shows_before_the_first_row() {
    let whole = table("<row r=\"2\"><c r=\"B2\"><v>1</v></c></row>");
    assert_eq!(damaged(whole.clone()), "2 2 - issues_found=1");
    let cut = whole[..whole.len() / 2].to_vec();
    assert!(damaged(cut).contains("is not an .xlsx workbook"));
    let sheets = [
        ("<worksheet><sheetData><row>".to_owned(), "breaks off"),
        ("<worksheet/>".to_owned(), "breaks off"),
        ("<worksheet><sheetData></worksheet>".to_owned(), "damaged"),
        (
            "<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet/>".to_owned(),
            "document type",
        ),
        (sheet("<row><c t=\"s\"><v>7</v></c></row>"), "not there"),
        (
            sheet("<row><c t=\"inlineStr\"><is><t>&x;</t></is></c></row>"),
            "unknown entity",
        ),
    ];
    for (sheet, expected) in sheets {
        let said = damaged(by_hand(&sheet));
        assert!(said.contains(expected), "{sheet}: {said}");
    }
    // One byte of the stored sheet changed: the figure would be another.
    let rows = "<row r=\"1\"><c t=\"inlineStr\"><is><t>issues_found</t></is></c></row><row r=\"2\"><c><v>48151</v></c></row>";
    let mut bytes = by_hand_with(&sheet(rows), CompressionMethod::Stored);
    let at = bytes.windows(5).position(|five| five == b"48151").unwrap();
    bytes[at] = b'9';
    let said = damaged(bytes);
    assert!(said.contains("damaged in xl/sheet.xml"), "{said}");
}

#[test]
fn a_workbook_that_swells_is_refused() {
    let dense = table(&" ".repeat(8 << 20));
    assert!(dense.len() < 64 << 10);
    assert!(damaged(dense.clone()).contains("more than 200 times its packed size"));
    let options = ReadOptions {
        limits: ReadLimits {
            unpacked_bytes: 1 << 20,
            unpacked_ratio: 10_000,
            ..ReadLimits::default()
        },
        ..options()
    };
    assert!(matches!(
        open_bytes(dense, &options).err().unwrap(),
        ReadError::WorkbookTooLarge {
            limit: 1_048_576,
            ..
        }
    ));
}

#[test]
fn columns_are_limited() {
    let heading = "<row r=\"1\"><c r=\"AMK1\" t=\"inlineStr\"><is><t>unit</t></is></c></row>";
    let said = damaged(by_hand(&sheet(heading)));
    assert!(said.contains("more than 1024 columns"), "{said}");
}

#[test]
fn merged_areas_are_limited() {
    let areas = "<mergeCell ref=\"A1:B2\"/>".repeat(65_537);
    let rows =
        format!("<worksheet><sheetData></sheetData><mergeCells>{areas}</mergeCells></worksheet>");
    let said = damaged(by_hand_with(&rows, CompressionMethod::Stored));
    assert!(said.contains("more than 65536 merged areas"), "{said}");
}

/// 45352 is 1 March 2024 counted from 1900, 43890 counted from 1904; a quarter of a day is 06:00.
#[test]
fn days_times_and_durations_are_read_by_their_formats() {
    let fields = [
        of_type("day", "", FieldType::Date),
        of_type("at", "", FieldType::Time),
        of_type("lasted", "", FieldType::Duration),
    ];
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("yyyy/m/d");
    let moment = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    let elapsed = Format::new().set_num_format("[h]:mm:ss");
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(["day", "at", "lasted"]) {
        sheet.write(0, column, heading).unwrap();
    }
    sheet.write_with_format(1, 0, 45_352, &day).unwrap();
    sheet.write_with_format(1, 1, 45_352.25, &moment).unwrap();
    sheet.write_with_format(1, 2, 1.5, &elapsed).unwrap();
    sheet.write(2, 0, "2024-03-01").unwrap();
    sheet.write_with_format(2, 1, 45_352, &moment).unwrap();
    sheet.write_with_format(2, 2, 0.0625, &elapsed).unwrap();
    sheet.write_with_format(3, 0, 45_352, &moment).unwrap();
    sheet.write_with_format(3, 1, 45_352, &day).unwrap();
    sheet.write(3, 2, "90 minutes").unwrap();
    sheet
        .write_with_format(4, 2, 1.0 / 172_800.0, &elapsed)
        .unwrap();
    let source = Source::Stream {
        name: "-".to_owned(),
        reader: Box::new(Cursor::new(book.save_to_buffer().unwrap())),
    };
    let mut rows = open(source, &fields, &subject(), &options()).unwrap();
    assert_eq!(
        lines(&mut rows),
        [
            "2 2 - day='2024-03-01' at='2024-03-01T06:00:00' lasted='36 hours'",
            "3 3 - day='2024-03-01' at='2024-03-01T00:00:00' lasted='1 hours 30 minutes'",
            "4 4 - day='2024-03-01' at='2024-03-01' lasted='90 minutes'",
            "5 5 refused type lasted",
        ]
    );
}

//! What a data file may be at most. Each limit that is passed is a named error with its place.
//!
//! The limits bound memory, not the number of rows: a table of subjects may have as many rows as
//! it likes, and only rows that are gathered by subject are limited.

/// What a data file may be at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadLimits {
    /// Bytes of one CSV record.
    pub record_bytes: usize,
    /// Columns of a table.
    pub columns: usize,
    /// Rows of a list that stand in a table of their own, which is held in memory; also rows of
    /// data that are gathered by their subject.
    pub list_rows: u64,
    /// Bytes of one JSON object that holds a subject.
    pub json_bytes: usize,
    /// Nesting of one JSON value.
    pub json_depth: usize,
    /// Bytes of a workbook when its parts are unpacked, all together.
    pub unpacked_bytes: u64,
    /// How many times larger than packed the parts of a workbook may become.
    pub unpacked_ratio: u64,
}

impl Default for ReadLimits {
    fn default() -> Self {
        Self {
            record_bytes: 1 << 20,
            columns: 1024,
            list_rows: 1_000_000,
            json_bytes: 16 << 20,
            json_depth: 64,
            unpacked_bytes: 64 << 20,
            unpacked_ratio: 200,
        }
    }
}

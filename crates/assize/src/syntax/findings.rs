//! The findings of one parse, held to the number that the limits allow.

use crate::diagnostic::Diagnostic;
use crate::text::{Span, words};

use super::mistakes::codes;

/// Findings in the order in which they were made.
pub(super) struct Findings {
    list: Vec<Diagnostic>,
    limit: usize,
    more: Option<Diagnostic>,
}

impl Findings {
    /// No findings, and room for `limit` of them.
    pub(super) fn new(limit: usize) -> Self {
        Self {
            list: Vec::new(),
            limit: limit.max(1),
            more: None,
        }
    }

    /// Whether another finding would still be shown.
    pub(super) fn has_room(&self) -> bool {
        self.list.len().saturating_add(1) < self.limit
    }

    /// Adds a finding; of those beyond the limit only one remains, which says that there are more.
    pub(super) fn add(&mut self, finding: Diagnostic) {
        if self.has_room() {
            self.list.push(finding);
        } else if self.more.is_none() {
            let limit = self.limit;
            self.more = Some(Diagnostic::new(
                &codes::LIMIT_PASSED,
                finding.span,
                words!(
                    "there are more mistakes than the {limit} that are shown",
                    "错误超过 {limit} 条，其余不再列出"
                ),
            ));
        }
    }

    /// Adds a finding if there is one.
    pub(super) fn extend(&mut self, finding: Option<Diagnostic>) {
        if let Some(finding) = finding {
            self.add(finding);
        }
    }

    /// Whether nothing has been found.
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Says that there is more to find at a place, when nothing else would be shown.
    pub(super) fn note_more(&mut self, span: Span) {
        if !self.has_room() {
            self.add(Diagnostic::new(
                &codes::UNREADABLE,
                span,
                words!("this could not be read", "这里无法读懂"),
            ));
        }
    }

    /// The findings in the order of their places.
    pub(super) fn into_sorted(self) -> Vec<Diagnostic> {
        let mut list = self.list;
        list.sort_by_key(|finding| finding.span);
        list.extend(self.more);
        list
    }
}

//! Which group each item, group or input weighs in, and at which place.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::{FigureId, MemberOf};

/// Members by their group, and groups by their member.
#[derive(Debug, Default)]
pub(super) struct Memberships {
    groups: BTreeMap<FigureId, Vec<MemberOf>>,
    places: BTreeMap<MemberOf, (FigureId, usize)>,
}

impl Memberships {
    /// Adds the next member of a group; gives the group that has it already, if one does.
    pub(super) fn add(&mut self, of: MemberOf, group: FigureId) -> Option<FigureId> {
        let members = self.groups.entry(group).or_default();
        let place = members.len();
        members.push(of);
        match self.places.entry(of) {
            Entry::Vacant(free) => {
                free.insert((group, place));
                None
            }
            Entry::Occupied(taken) => Some(taken.get().0),
        }
    }

    /// The members of a group, in written order.
    pub(super) fn of_group(&self, group: FigureId) -> &[MemberOf] {
        self.groups
            .get(&group)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// The group in which a member weighs first, and its place there.
    pub(super) fn place(&self, of: MemberOf) -> Option<(FigureId, usize)> {
        self.places.get(&of).copied()
    }
}

//! `junkai check`: reads everything and says what does not fit together.

use super::session::{Access, Session, with_desk};
use super::{Answer, audit};

pub(super) fn run(session: &Session) -> Answer {
    // The one command that also looks at a vault of which a part does not open.
    let desk = session.desk_as_it_is(Access::Reading)?;
    with_desk(desk, |desk| {
        let findings = desk.check()?;
        audit::report(session, &findings)
    })
}

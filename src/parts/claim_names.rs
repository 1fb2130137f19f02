//! What situations, places, dates and parties are called on the pages about rights.

use rulebase::{Claim, ClaimWords, Event, Party, Place, Role, Situation};

/// A situation, as a person would say it.
pub fn named(situation: Situation) -> Claim {
    match situation {
        Situation::DebitedFailed => Claim::DebitedFailed,
        Situation::ChargedTwice => Claim::ChargedTwice,
        Situation::WrongAmount => Claim::WrongAmount,
        Situation::Unauthorised => Claim::Unauthorised,
        Situation::Skimmed => Claim::Skimmed,
        Situation::CardKept => Claim::CardKept,
        Situation::RefundMissing => Claim::RefundMissing,
        Situation::Hold => Claim::Hold,
        Situation::Surcharge => Claim::Surcharge,
        Situation::Minimum => Claim::Minimum,
        Situation::Receipt => Claim::Receipt,
        Situation::Dcc => Claim::Dcc,
        Situation::Refused => Claim::Refused,
        Situation::CashOut => Claim::CashOut,
        Situation::Complaint => Claim::Complaint,
    }
}

/// The situation's name, for a title.
pub fn situation_name(words: &ClaimWords, situation: Situation) -> String {
    words.text(named(situation)).to_string()
}

/// A place whose rules we know.
pub fn place_name(place: Place) -> Claim {
    match place {
        Place::Cn => Claim::Cn,
        Place::Hk => Claim::Hk,
        Place::Mo => Claim::Mo,
        Place::Tw => Claim::Tw,
        Place::Us => Claim::Us,
        Place::Uk => Claim::Uk,
        Place::Eu => Claim::Eu,
        Place::Sg => Claim::Sg,
        Place::Au => Claim::Au,
        Place::Ca => Claim::Ca,
        Place::Nz => Claim::Nz,
        Place::Jp => Claim::Jp,
        Place::Kr => Claim::Kr,
        Place::My => Claim::My,
        Place::Th => Claim::Th,
        Place::Net => Claim::Net,
    }
}

/// One of the visitor's own dates.
pub fn date_name(event: Event, role: Role) -> Claim {
    match event {
        Event::Noticed if role == Role::Staff => Claim::DateNoticedStaff,
        Event::Complained if role == Role::Staff => Claim::DateComplainedStaff,
        Event::Told => Claim::DateTold,
        Event::Filed => Claim::DateFiled,
        Event::Transaction => Claim::DateTransaction,
        Event::Statement => Claim::DateStatement,
        Event::Noticed => Claim::DateNoticed,
        Event::Refund => Claim::DateRefund,
        Event::Complained => Claim::DateComplained,
        Event::Answered => Claim::DateAnswered,
    }
}

/// Who must act.
pub fn owes(party: Party) -> Claim {
    match party {
        Party::Cardholder => Claim::OwesYou,
        Party::Merchant => Claim::OwesMerchant,
        Party::Issuer => Claim::OwesIssuer,
        Party::Acquirer => Claim::OwesAcquirer,
        Party::Network => Claim::OwesNetwork,
        Party::Regulator => Claim::OwesRegulator,
        Party::Mediator => Claim::OwesMediator,
        Party::Court => Claim::OwesCourt,
    }
}

//! What no text of a bank may say, because an alert says the opposite. The words are matched, never shown. Whoever
//! writes around them can: a check of words knows no meaning, and in doubt it refuses.

use rulebase::{AlertIx, Base};

/// What must not be said, by the alert that forbids it.
struct Refused {
    alert: &'static str,
    /// What it is, for whoever wrote the text.
    what: &'static str,
    /// Any of these; `+` parts words that stand in one clause, in this order, with little between.
    words: &'static [&'static str],
    /// And one of these beside it, if there are any.
    with: &'static [&'static str],
}

const REFUSED: [Refused; 8] = [
    Refused {
        alert: "no-secrets",
        what: "nobody is to be asked for a PIN, a password, a security code, an SMS code or a card number",
        words: &[
            "pin",
            "pins",
            "password",
            "passwords",
            "passcode",
            "cvv",
            "cvv2",
            "cvc",
            "cvc2",
            "otp",
            "security code",
            "sms+code",
            "text+code",
            "verification code",
            "one-time",
            "one time",
            "digit code",
            "digits+back",
            "code+sms",
            "code+text message",
            "card number",
            "密码",
            "安全码",
            "验证码",
            "校验码",
            "动态码",
            "短信码",
            "短信+数字",
            "卡号",
            "背+三位",
        ],
        with: &[
            "tell", "give", "send", "enter", "read", "say", "share", "text", "type", "provide",
            "ready", "show", "dictate", "write", "confirm", "need", "告诉", "告知", "提供", "报",
            "说", "输入", "发", "给", "念", "出示", "准备", "填", "写", "核对",
        ],
    },
    Refused {
        alert: "money-first",
        what: "whether and how somebody may pay again is only ours to say, after a look at the record",
        words: &[
            "retry",
            "again",
            "once more",
            "second time",
            "swipe+over",
            "repeat+payment",
            "repeat+transaction",
            "another card",
            "different card",
            "other card",
            "再刷",
            "再插",
            "再挥",
            "再拍",
            "再碰",
            "再试",
            "再付",
            "再支付",
            "再扣",
            "再扫",
            "再做",
            "再来",
            "再交易",
            "再次",
            "重新刷",
            "重新插",
            "重新挥",
            "重新拍",
            "重新碰",
            "重新试",
            "重新付",
            "重新支付",
            "重新扫",
            "重新做",
            "重新交易",
            "重新操作",
            "重刷",
            "重插",
            "重试",
            "重付",
            "补刷",
            "多刷",
            "换一张",
            "换张卡",
            "另一张卡",
        ],
        with: &[],
    },
    Refused {
        alert: "nothing-pending",
        what: "nothing is restarted, reset or unplugged while a payment may be pending",
        words: &[
            "restart",
            "reboot",
            "reset",
            "reinstall",
            "unplug",
            "power cycle",
            "battery",
            "batteries",
            "重启",
            "重新启动",
            "恢复出厂",
            "初始化",
            "重装",
            "关机",
            "断电",
            "拔电",
            "电源",
            "电池",
            "关了再",
            "关掉机器",
            "关闭机器",
        ],
        with: &[],
    },
    Refused {
        alert: "nothing-pending",
        what: "nothing is switched off while a payment may be pending",
        words: &["turn+off", "switch+off", "power+off", "turn+on", "switch+on"],
        with: &["terminal", "machine", "reader", "device", "it", "power"],
    },
    Refused {
        alert: "no-tools",
        what: "nothing goes into the slot, nobody pulls hard or opens the terminal",
        words: &[
            "screwdriver",
            "tweezers",
            "pliers",
            "pry",
            "knife",
            "clip",
            "swab",
            "alcohol",
            "open the terminal",
            "pull hard",
            "螺丝刀",
            "镊子",
            "钳子",
            "撬",
            "拆机",
            "拆开",
            "打开机壳",
            "回形针",
            "酒精",
            "棉签",
            "用力",
        ],
        with: &[],
    },
    Refused {
        alert: "no-way-round",
        what: "an amount is not split or changed, and no card number keyed in, to get past a limit",
        words: &[
            "split+amount",
            "split+payment",
            "smaller amount",
            "smaller amounts",
            "several payments",
            "two payments",
            "two parts",
            "by hand",
            "manually",
            "拆分",
            "拆单",
            "分两",
            "分几",
            "分多",
            "分笔",
            "分次",
            "分开刷",
            "分单",
            "改小",
            "手输",
            "手工输入",
        ],
        with: &[],
    },
    Refused {
        alert: "no-cash-out",
        what: "nothing here helps with sham sales, and no card payment is given back in cash",
        words: &[
            "cash out",
            "cash-out",
            "in cash",
            "cash refund",
            "套现",
            "养卡",
            "现金退",
            "退现金",
        ],
        with: &[],
    },
    Refused {
        alert: "fake-caller",
        what: "nobody makes a test refund, installs an app for a caller or gives access",
        words: &[
            "test refund",
            "anydesk",
            "teamviewer",
            "remote",
            "remotely",
            "screen sharing",
            "测试退",
            "试退",
            "远程",
            "屏幕共享",
            "加微信",
        ],
        with: &[],
    },
];

/// What turns a clause into its opposite, where it stands before the word. “Never tell anybody your PIN” is welcome.
const NOT: [&str; 24] = [
    "never",
    "not",
    "don't",
    "nobody",
    "won't",
    "不要",
    "不得",
    "请勿",
    "切勿",
    "勿",
    "绝不",
    "从不",
    "不会",
    "不索",
    "无需",
    "无须",
    "谨防",
    "严禁",
    "禁止",
    "请别",
    "千万别",
    "别再",
    "别把",
    "别告诉",
];

/// In such a clause a negation is a condition.
const IF: [&str; 10] =
    ["if", "when", "unless", "until", "once", "如果", "如", "若", "要是", "万一"];

/// What parts clauses.
const ENDS: [char; 16] =
    ['.', '。', '!', '！', '?', '？', ';', '；', ',', '，', ':', '：', '—', '–', '\n', '…'];

/// What is wrong with a text, if anything.
pub fn wrong(base: &Base, text: &str) -> Option<String> {
    let text = match plain(text) {
        Ok(text) => text,
        Err(what) => return Some(what),
    };
    let (clause, refused, word) = clauses(&text).find_map(|clause| {
        REFUSED.iter().find_map(|refused| Some((clause, refused, said(clause, refused)?)))
    })?;
    // A rule base without that alert forbids nothing by it.
    AlertIx::find(base, refused.alert)?;
    let (word, clause) = (word.replace('+', " … "), clause.trim());
    let what = refused.what;
    Some(format!("“{word}” in “{clause}” contradicts the alert “{}”: {what}", refused.alert))
}

/// The same for what stands on a screen: terminals do say “try again”.
pub fn wrong_on_screen(base: &Base, text: &str) -> Option<String> {
    let found = plain(text).err();
    let secret = || wrong(base, text).filter(|w| w.contains("“no-secrets”"));
    found.or_else(secret)
}

/// A text in the one form that is matched, or what must not stand in any.
fn plain(text: &str) -> Result<String, String> {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
    };
    if text.chars().any(hidden) {
        return Err("contains characters that nobody sees: expected one plain line".into());
    }
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' | '\u{2009}' | '\u{202f}' => ' ',
        '’' => '\'',
        c => c,
    };
    let text: String = text.chars().map(narrow).collect::<String>().to_lowercase();
    if text.contains(['<', '>']) {
        return Err("contains “<” or “>”: expected plain text".into());
    }
    if text.contains("://") || text.contains("www.") || has_domain(&text) {
        return Err("contains a link: it belongs into “links”".into());
    }
    if has_number(&text) {
        return Err("contains a telephone or card number: the former belongs into “hotlines”, the latter nowhere".into());
    }
    Ok(closed(&text))
}

/// Without blanks between Chinese characters, and with letters that stand alone put together: “p i n”, “密 码”.
fn closed(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let letter = |i: usize| chars.get(i).is_some_and(char::is_ascii_alphabetic);
    let alone = |i: usize| letter(i) && (i == 0 || !letter(i - 1)) && !letter(i + 1);
    let wide = |i: usize| chars.get(i).is_some_and(|c| *c >= '\u{2e80}');
    let mut out = String::new();
    for (i, c) in chars.iter().enumerate() {
        let between =
            *c == ' ' && i > 0 && (wide(i - 1) && wide(i + 1) || alone(i - 1) && alone(i + 1));
        if !between {
            out.push(*c);
        }
    }
    out
}

fn clauses(text: &str) -> impl Iterator<Item = &str> {
    text.split(ENDS)
}

/// The word of a clause that is refused, if it is not warned of.
fn said(clause: &str, refused: &Refused) -> Option<&'static str> {
    refused.words.iter().copied().find(|word| {
        let Some(at) = find(clause, word) else { return false };
        let with = refused.with.iter().filter_map(|w| find(clause, w)).min();
        if !refused.with.is_empty() && with.is_none() {
            return false;
        }
        let first = with.map_or(at, |w| w.min(at));
        let condition = IF.iter().any(|w| find(clause, w).is_some_and(|c| c < first));
        let warned = NOT.iter().any(|n| find(clause, n).is_some_and(|n| n < first));
        condition || !warned
    })
}

/// Where a text has a word; English ones whole. Parts of a word may have a little between them.
fn find(text: &str, word: &str) -> Option<usize> {
    let Some((first, rest)) = word.split_once('+') else { return find_whole(text, word) };
    let at = find_whole(text, first)?;
    let behind = &text[at + first.len()..];
    let next = find_whole(behind, rest)?;
    let near = if rest.is_ascii() {
        behind[..next].split_whitespace().count() <= 4
    } else {
        behind[..next].chars().count() <= 4
    };
    near.then_some(at)
}

fn find_whole(text: &str, word: &str) -> Option<usize> {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    text.match_indices(word).map(|m| m.0).find(|at| {
        let alone = || {
            !letter(text[..*at].chars().next_back())
                && !letter(text[at + word.len()..].chars().next())
        };
        !word.is_ascii() || alone()
    })
}

/// `bank.example`, but not `8.30` and not `a.m.`.
fn has_domain(text: &str) -> bool {
    text.match_indices('.').any(|(at, _)| {
        let before = text[..at].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
        let behind: Vec<char> =
            text[at + 1..].chars().take_while(char::is_ascii_alphanumeric).collect();
        before && behind.len() >= 2 && behind.iter().all(char::is_ascii_alphabetic)
    })
}

/// Seven digits and more, whatever parts them as in a telephone number; a service number of China; or digits to call.
fn has_number(text: &str) -> bool {
    let calls = ["call", "ring", "dial", "phone", "拨", "致电", "电话"]
        .iter()
        .any(|w| find(text, w).is_some());
    let mut run = String::new();
    let mut found = false;
    for c in text.chars().chain(['x']) {
        match c {
            '0'..='9' => run.push(c),
            '-' if run.len() == 4 || run.ends_with('-') => run.push(c),
            ' ' | '-' | '(' | ')' | '+' | '.' | '/' | '·' => {}
            _ => {
                let digits = run.chars().filter(char::is_ascii_digit).count();
                // An ISO date has eight digits and two dashes.
                let date = digits == 8 && run.as_bytes().get(4) == Some(&b'-');
                found |= !date
                    && (digits > 6 || digits == 5 && run.starts_with("95") || calls && digits >= 3);
                run.clear();
            }
        }
    }
    found
}

//! What no text of a bank may say, because an alert says the opposite. The words are matched, never shown. A check
//! of words knows no meaning: it refuses much that is harmless, and whoever wants to writes around it. So where a wrong
//! sentence would cost money, texts cannot be set at all (`texts.rs`); this is for what slips in by mistake.

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
    /// Whether a warning of it is welcome: “never tell …”. A promise is none: “not charged”.
    warned: bool,
}

const REFUSED: [Refused; 11] = [
    Refused {
        alert: "no-secrets",
        what: "nobody is to be asked for a PIN, a password, a security code, an SMS code or a card number",
        words: &[
            "pin",
            "pins",
            "password",
            "passwords",
            "passcode",
            "passcodes",
            "pincode",
            "cvv",
            "cvv2",
            "cvc",
            "cvc2",
            "otp",
            "security code",
            "security codes",
            "expiry",
            "both sides",
            "front and back",
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
            "card numbers",
            "long number",
            "密码",
            "口令",
            "正反面",
            "有效期",
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
            "tell",
            "give",
            "send",
            "enter",
            "read",
            "say",
            "share",
            "text",
            "type",
            "provide",
            "ready",
            "show",
            "dictate",
            "write",
            "confirm",
            "need",
            "needs",
            "needed",
            "ask",
            "asks",
            "quote",
            "key",
            "supply",
            "state",
            "mention",
            "pass",
            "forward",
            "reply",
            "mail",
            "email",
            "upload",
            "photo",
            "photograph",
            "hand",
            "verify",
            "submit",
            "let",
            "告诉",
            "告知",
            "提供",
            "报",
            "说",
            "输入",
            "发",
            "给",
            "念",
            "出示",
            "准备",
            "填",
            "写",
            "核对",
            "核验",
            "索",
            "问您",
            "问你",
            "询问",
            "回复",
            "转告",
            "转发",
            "上传",
            "提交",
            "凭",
            "拍",
            "留下",
            "泄",
        ],
        warned: true,
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
            "keep trying",
            "try until",
            "reinsert",
            "re-insert",
            "pay another way",
            "another way+pay",
            "换一张",
            "换张卡",
            "换卡",
            "别的卡",
            "其他卡",
            "继续刷",
            "反复刷",
            "换+方式",
            "另一张卡",
        ],
        with: &[],
        warned: true,
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
        warned: true,
    },
    Refused {
        alert: "nothing-pending",
        what: "nothing is switched off while a payment may be pending",
        words: &["turn+off", "switch+off", "power+off", "turn+on", "switch+on"],
        with: &["terminal", "machine", "reader", "device", "it", "power"],
        warned: true,
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
            "firmly",
            "yank",
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
            "使劲",
            "硬拔",
            "硬拉",
        ],
        with: &[],
        warned: true,
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
            "分两笔",
            "分两次",
            "分两单",
            "分几笔",
            "分几次",
            "分多笔",
            "分多次",
            "分笔",
            "分次",
            "分开刷",
            "分单",
            "改小",
            "手输",
            "手工输入",
        ],
        with: &[],
        warned: true,
    },
    Refused {
        alert: "no-cash-out",
        what: "nothing here helps with sham sales, and no card payment is given back in cash",
        words: &[
            "cash out",
            "cash-out",
            "refund+cash",
            "back+cash",
            "return+cash",
            "cash refund",
            "cash back",
            "套现",
            "养卡",
            "现金退",
            "退现金",
        ],
        with: &[],
        warned: true,
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
        warned: true,
    },
    Refused {
        alert: "money-first",
        what: "whether money moved is for the record to say, and what we say of it stands already",
        words: &[
            "not charged",
            "not been charged",
            "not be charged",
            "nothing+charged",
            "never charged",
            "wasn't charged",
            "isn't charged",
            "not debited",
            "not been debited",
            "not be debited",
            "nothing+debited",
            "no charge",
            "no money",
            "no debit",
            "money+safe",
            "already paid",
            "is paid",
            "paid already",
            "没扣",
            "没有扣",
            "没被扣",
            "没有被扣",
            "未扣",
            "未被扣",
            "不会扣",
            "不扣款",
            "已付",
            "已经付",
            "付好",
            "付款成功",
            "已支付",
        ],
        with: &[],
        warned: false,
    },
    Refused {
        alert: "no-accusation",
        what: "nobody is accused, and no card is kept",
        words: &[
            "thief",
            "thieves",
            "steal",
            "fraudster",
            "criminal",
            "keep+card",
            "retain+card",
            "confiscate",
            "扣下",
            "扣留",
            "没收",
            "小偷",
            "骗子",
            "嫌疑",
        ],
        with: &[],
        warned: true,
    },
    Refused {
        alert: "printed-number",
        what: "nobody is sent to look for a number on the web",
        words: &[
            "google",
            "search+web",
            "search+online",
            "search+internet",
            "网上搜",
            "上网搜",
            "上网查",
            "网上查",
            "百度",
        ],
        with: &[],
        warned: true,
    },
];

/// What forbids, where it stands right before the word. “Never tell anybody your PIN” is welcome.
const FORBIDS: [&str; 26] = [
    "never",
    "do not",
    "don't",
    "must not",
    "should not",
    "will not",
    "shall not",
    "may not",
    "does not",
    "nobody",
    "不要",
    "不得",
    "请勿",
    "切勿",
    "勿",
    "绝不",
    "严禁",
    "禁止",
    "请别",
    "千万别",
    "别再",
    "别把",
    "别告诉",
    "不可",
    "不能",
    "不许",
];

/// What a bank says of itself: “we never ask for your PIN”. It forbids nothing else.
const DENIES: [&str; 7] = ["won't", "从不", "不会", "不索", "无需", "无须", "谨防"];

/// What undoes it where it stands between: “do not hesitate to …”, “无需担心可…”.
const UNDOES: [&str; 17] = [
    "hesitate", "worry", "forget", "fail", "mind", "afraid", "only", "please", "just", "can",
    "may", "unless", "可", "就", "请", "只", "担心",
];

/// How much may stand between: words, or Chinese characters.
const NEAR: [usize; 2] = [4, 6];

/// In such a clause a negation is a condition.
const IF: [&str; 16] = [
    "if", "when", "unless", "until", "once", "如果", "如需", "如遇", "如不", "如未", "如有",
    "如无", "若", "要是", "万一", "除非",
];

/// What parts clauses.
const ENDS: [char; 21] = [
    '.', '。', '!', '！', '?', '？', ';', '；', ',', '，', ':', '：', '—', '–', '\n', '…', '(',
    ')', '（', '）', '、',
];

/// The same in words: what stands behind is said anew.
const JOINS: [&str; 10] =
    [" and ", " so ", " then ", " but ", " or else ", " - ", "但", "所以", "然后", "否则"];

/// What holds a word and says nothing of it.
const HARMLESS: [&str; 24] = [
    "whether it is paid",
    "whether it was paid",
    "is it paid",
    "whether it is already paid",
    "是否已付",
    "是否已支付",
    "是否付款成功",
    "有没有扣",
    "发卡行",
    "发卡银行",
    "发卡机构",
    "发卡",
    "发生",
    "发现",
    "发出",
    "说明",
    "报错",
    "输入次数",
    "输入错误",
    "输入有误",
    "输入pin次数",
    "输入密码次数",
    "密码输入次数",
    "无论如何",
];

/// Traditional characters of the words above, each before its simplified one.
const TRADITIONAL: &str = "碼码號号驗验證证報报輸输發发給给說说寫写準准備备對对訴诉請请別别從从會会無无謹谨嚴严試试補补換换張张機机關关斷断電电\
    啟启動动復复開开鑷镊鉗钳籤签絲丝單单幾几筆笔現现養养測测遠远還还續续讀读識识唸念數数後后兩两傳传轉转錢钱沒没詢询覆复稱称";

/// What is wrong with a text, if anything.
pub fn wrong(base: &Base, text: &str) -> Option<String> {
    match plain(text) {
        Ok(text) => contradicted(base, &text, |_| true),
        Err(what) => Some(what),
    }
}

/// The same for what stands on a screen: terminals do say “try again”.
pub fn wrong_on_screen(base: &Base, text: &str) -> Option<String> {
    match plain(text) {
        Ok(text) => contradicted(base, &text, |refused| refused.alert == "no-secrets"),
        Err(what) => Some(what),
    }
}

/// Letters and digits alone, in one form: what two names or two screens have in common whatever their punctuation.
pub fn letters(text: &str) -> String {
    folded(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What contradicts an alert. A rule base without that alert forbids nothing by it.
fn contradicted(base: &Base, text: &str, wanted: impl Fn(&Refused) -> bool) -> Option<String> {
    let held = |r: &&Refused| wanted(r) && AlertIx::find(base, r.alert).is_some();
    let (clause, refused, word) = clauses(text).find_map(|clause| {
        let found = |r: &'static Refused| Some((clause.clone(), r, said(&clause, r)?));
        REFUSED.iter().filter(held).find_map(found)
    })?;
    let (word, clause) = (word.replace('+', " … "), clause.trim());
    let what = refused.what;
    Some(format!("“{word}” in “{clause}” contradicts the alert “{}”: {what}", refused.alert))
}

/// A text in the one form that is matched, or what must not stand in any.
fn plain(text: &str) -> Result<String, String> {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
                | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
    };
    if text.chars().any(hidden) {
        return Err("contains characters that nobody sees: expected one plain line".into());
    }
    // Letters that look like others say what no check reads.
    let strange = |c: &char| {
        let latin = c.is_ascii() || ('\u{c0}'..='\u{24f}').contains(c);
        let han = matches!(c, '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff5e}' | '\u{20000}'..='\u{3ffff}');
        c.is_alphanumeric() && !latin && !han && !('\u{2460}'..='\u{2473}').contains(c)
    };
    if let Some(c) = text.chars().find(strange) {
        return Err(format!("contains “{c}”, which is neither English nor Chinese"));
    }
    // Judged as it is written: “St.George” is a name.
    if text.contains("://") || text.to_lowercase().contains("www.") || has_domain(text) {
        return Err("contains a link: it belongs into “links”".into());
    }
    let text = folded(text);
    if text.contains(['<', '>']) {
        return Err("contains “<” or “>”: expected plain text".into());
    }
    if has_number(&text) {
        return Err("contains a telephone or card number: the former belongs into “hotlines”, the latter nowhere".into());
    }
    let text = HARMLESS.iter().fold(closed(&text), |text, word| text.replace(word, "□"));
    Ok(text)
}

/// One width, one case, one blank, simplified characters.
fn folded(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => ' ',
        '’' | '‘' | '`' => '\'',
        '\u{2010}' | '\u{2011}' | '\u{2212}' => '-',
        c => c,
    };
    let simple = |c: char| {
        let mut pairs = TRADITIONAL.chars().filter(|c| !c.is_whitespace());
        while let (Some(from), Some(to)) = (pairs.next(), pairs.next()) {
            if from == c {
                return to;
            }
        }
        c
    };
    let text: String = text.chars().map(|c| simple(narrow(c))).collect::<String>().to_lowercase();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without blanks between Chinese characters, and with letters that stand alone put together: “p i n”, “p.i.n.”, “密 码”.
fn closed(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let letter = |i: usize| chars.get(i).is_some_and(char::is_ascii_alphabetic);
    let alone = |i: usize| letter(i) && (i == 0 || !letter(i - 1)) && !letter(i + 1);
    let wide = |i: usize| chars.get(i).is_some_and(|c| *c >= '\u{2e80}');
    let mut out = String::new();
    for (i, c) in chars.iter().enumerate() {
        let between = i > 0
            && (*c == ' ' && wide(i - 1) && wide(i + 1)
                || " .-_*/·".contains(*c) && alone(i - 1) && alone(i + 1));
        if !between {
            out.push(*c);
        }
    }
    out
}

fn clauses(text: &str) -> impl Iterator<Item = String> {
    let joined = JOINS.iter().fold(text.to_string(), |text, join| text.replace(join, "\n"));
    joined.split(ENDS).map(String::from).collect::<Vec<_>>().into_iter()
}

/// The word of a clause that is refused, if it is not warned of.
fn said(clause: &str, refused: &Refused) -> Option<&'static str> {
    refused.words.iter().copied().find(|word| {
        let fine =
            |at: usize, with: Option<usize>| refused.warned && is_warned(clause, refused, at, with);
        all(clause, word).into_iter().any(|at| {
            if refused.with.is_empty() {
                return !fine(at, None);
            }
            let beside = refused.with.iter().flat_map(|w| all(clause, w));
            beside.into_iter().any(|with| !fine(at, Some(with)))
        })
    })
}

/// Whether a word, and the verb beside it, are forbidden right before.
fn is_warned(clause: &str, refused: &Refused, at: usize, with: Option<usize>) -> bool {
    let first = with.map_or(at, |w| w.min(at));
    let last = with.map_or(at, |w| w.max(at));
    if IF.iter().any(|w| find(clause, w).is_some_and(|c| c < first)) {
        return false;
    }
    let denies = if refused.alert == "no-secrets" { &DENIES[..] } else { &[] };
    let words = || FORBIDS.iter().chain(denies);
    let right_before = |place: usize, from: usize| {
        words().any(|word| {
            all(clause, word).into_iter().any(|n| {
                if n < from || n >= place {
                    return false;
                }
                let between = clause.get(n + word.len()..place).unwrap_or("");
                let near = if between.chars().any(|c| c >= '\u{2e80}') {
                    between.chars().count() <= NEAR[1]
                } else {
                    between.split_whitespace().count() <= NEAR[0]
                };
                near && !UNDOES.iter().any(|u| find(between, u).is_some())
            })
        })
    };
    // “Never tell your PIN”, and “密码不要告诉任何人”.
    right_before(first, 0) || right_before(last, first)
}

/// Where a text has a word first; English ones whole. Parts of a word may have a little between them.
fn find(text: &str, word: &str) -> Option<usize> {
    all(text, word).into_iter().next()
}

/// Everywhere.
fn all(text: &str, word: &str) -> Vec<usize> {
    let Some((first, rest)) = word.split_once('+') else { return whole(text, word) };
    let followed = |at: &usize| {
        let behind = &text[at + first.len()..];
        whole(behind, rest).into_iter().next().is_some_and(|next| {
            if rest.is_ascii() {
                behind[..next].split_whitespace().count() <= 4
            } else {
                behind[..next].chars().count() <= 4
            }
        })
    };
    whole(text, first).into_iter().filter(followed).collect()
}

fn whole(text: &str, word: &str) -> Vec<usize> {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let alone = |at: &usize| {
        !word.is_ascii()
            || !letter(text[..*at].chars().next_back())
                && !letter(text[at + word.len()..].chars().next())
    };
    text.match_indices(word).map(|m| m.0).filter(alone).collect()
}

/// `bank.example`, but not `8.30`, not `a.m.`, and not `St.George` or `Co.Ltd`.
fn has_domain(text: &str) -> bool {
    let one_case = |s: &[char]| {
        s.iter().all(char::is_ascii_lowercase) || s.iter().all(char::is_ascii_uppercase)
    };
    text.match_indices(['.', '．', '。']).any(|(at, dot)| {
        let before = text[..at].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
        let behind: Vec<char> =
            text[at + dot.len()..].chars().take_while(char::is_ascii_alphanumeric).collect();
        // A Chinese full stop ends a sentence, unless small letters follow.
        let fits = dot != "。" || behind.iter().all(char::is_ascii_lowercase);
        before
            && fits
            && behind.len() >= 2
            && behind.iter().all(char::is_ascii_alphabetic)
            && one_case(&behind)
    })
}

/// Seven digits and more, whatever parts them as in a telephone number; a service number of China; or digits to call.
/// `text` is folded. Times and days are none.
fn has_number(text: &str) -> bool {
    const ANYWHERE: [&str; 7] = ["call", "ring", "dial", "phone", "拨", "致电", "电话"];
    const BEFORE: [&str; 5] = ["telephone", "tel", "hotline", "热线", "客服"];
    let text = without_times(text);
    let calls = ANYWHERE.iter().any(|w| find(&text, w).is_some());
    let near = |start: usize| {
        BEFORE
            .iter()
            .flat_map(|w| all(&text, w).into_iter().map(|at| at + w.len()))
            .any(|end| text.get(end..start).is_some_and(|between| between.chars().count() <= 8))
    };
    let mut run = String::new();
    let mut start = 0;
    let mut found = false;
    for (at, c) in text.char_indices().chain([(text.len(), 'x')]) {
        match c {
            '0'..='9' => {
                if run.is_empty() {
                    start = at;
                }
                run.push(c);
            }
            ' ' | '-' | '(' | ')' | '+' | '.' | '/' | '·' | '–' | '—' | '_' | '*' => {}
            _ => {
                let digits = run.len();
                let service =
                    digits == 5 && ["95", "100", "123"].iter().any(|s| run.starts_with(s));
                found |= digits > 6 || service || digits >= 3 && (calls || near(start));
                run.clear();
            }
        }
    }
    found
}

/// A text without `8:00-22:00`, `8.30`, `24/7` and days.
fn without_times(text: &str) -> String {
    let part = |c: char| c.is_ascii_digit() || ":.-/–".contains(c);
    let mut out = String::new();
    let mut piece = String::new();
    for c in text.chars().chain(['\0']) {
        if part(c) {
            piece.push(c);
            continue;
        }
        if !is_time(&piece) {
            out.push_str(&piece);
        }
        piece.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

fn is_time(piece: &str) -> bool {
    let piece = piece.trim_end_matches(['.', ':', '-', '/', '–']);
    let number = |s: &str, digits: std::ops::RangeInclusive<usize>, most: u32| {
        digits.contains(&s.len())
            && s.bytes().all(|b| b.is_ascii_digit())
            && s.parse::<u32>().is_ok_and(|n| n <= most)
    };
    let time = |s: &str| {
        s.split_once([':', '.']).is_some_and(|(h, m)| number(h, 1..=2, 24) && number(m, 2..=2, 59))
    };
    let day = |s: &str| {
        let parts: Vec<&str> = s.split(['-', '/', '.']).collect();
        let (year, small) = match parts[..] {
            [a, b, c] if a.len() == 4 => (a, [b, c]),
            [a, b, c] => (c, [a, b]),
            _ => return false,
        };
        number(year, 4..=4, 2100)
            && year.starts_with("20")
            && small.iter().all(|s| number(s, 1..=2, 31))
    };
    piece == "24/7" || day(piece) || piece.split(['-', '–']).all(time)
}

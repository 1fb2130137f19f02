mod cases;
fn main(){
 let r=rulebase::read::read(std::path::Path::new("."));
 if !r.problems.is_empty(){print!("{}",r.told());}
 let v=std::env::args().any(|a|a=="-v");
 let d="2026-11-22".parse().unwrap();
 if let Err(e)=cases::run(&r.base, std::path::Path::new("tests/cases"), d, v){eprintln!("{e}");}
}

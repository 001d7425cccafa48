questions-asked =
    <b>{ $name }</b>: пра вашу заяўку каардынатар пытаецца:
    <blockquote>{ $question }</blockquote>
questions-type = Напішыце адказ сюды, не даўжэй за { $limit } знакаў; ніхто з вас не даведаецца, хто другі. Ваша паведамленне адразу выдаляецца.
button-questions-answer = Адказаць
questions-answered = Адказ у каардынатараў. Дзякуй.
notices-answered = На пытанне пра заяўку прыйшоў адказ. Ён чакае на вашым стале.
button-desk-ask-applicant = Спытаць
desk-ask-what = <b>{ $applicant }</b>: што хацелася б даведацца? Напішыце сюды, не даўжэй за { $limit } знакаў. Калі ласка, не пытайцеся імёнаў і месцаў.
desk-asked = Пытанне адпраўлена. Адказ з’явіцца побач з заяўкай.
desk-asked-applicant =
    Спыталі вы або калега:
    <blockquote>{ $question }</blockquote>
desk-applicant-says =
    Адказ:
    <blockquote>{ $answer }</blockquote>

package notice

// DetailsLink answers whoever asks for more than the state of an application: a link to it, once.
const DetailsLink Kind = "details_link"

func init() {
	texts[DetailsLink] = text{"申請の詳しい状況 / Details of your application",
		`申請の詳しい状況は、次のページで一度だけ見られます(明日まで)。
{{.Link}}
お心当たりがないときは、このメールを削除してください。何も変わりません。`,
		`The details of your application can be seen once at this address, until tomorrow:
{{.Link}}
If you did not ask for them, delete this mail; nothing changes.`}
}

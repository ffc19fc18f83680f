package demo

import (
	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/office"
	"mynumber/internal/person"
	"mynumber/internal/place"
	"mynumber/internal/register"
)

// residents live in Sumida and apply at home: somebody without a card, somebody whose card can be renewed, and a child.
var residents = []someone{
	{id: "kato", family: "加藤", given: "桜", kanaFamily: "カトウ", kanaGiven: "サクラ", sex: person.Female, birth: day(1997, 3, 27), number11: "52860174392", nationality: "JP", honseki: Sumida,
		residences: []register.Residence{{Municipality: Sumida, Address: "東京都墨田区業平一丁目7番12号", From: day(1997, 3, 27), Reason: register.Born}}},
	{id: "yoshida", family: "吉田", given: "健", kanaFamily: "ヨシダ", kanaGiven: "ケン", sex: person.Male, birth: day(1961, 1, 10), number11: "37149260858", nationality: "JP", honseki: Hachinohe,
		residences: []register.Residence{{Municipality: Sumida, Address: "東京都墨田区本所四丁目6番14号", From: day(1990, 4, 1), Reason: register.MovedIn}},
		card:       &card.Card{ID: "yoshida2016", State: card.Active, Applied: day(2016, 2, 1), Issued: day(2016, 2, 20), Until: day(2026, 1, 10), Activated: day(2016, 3, 18)}},
	{id: "hayashi", family: "林", given: "陽菜", kanaFamily: "ハヤシ", kanaGiven: "ヒナ", sex: person.Female, birth: day(2015, 7, 20), number11: "84207315969", nationality: "JP", honseki: Sumida,
		residences: []register.Residence{{Municipality: Sumida, Address: "東京都墨田区緑三丁目2番5号", From: day(2015, 7, 20), Reason: register.Born}}},
}

// emigrants live in Taipei with a card that went abroad with them by continuing use.
var emigrants = []someone{
	{id: "mori", family: "森", given: "奏", kanaFamily: "モリ", kanaGiven: "カナデ", sex: person.Male, birth: day(1985, 7, 15), number11: "69413087521", nationality: "JP", honseki: Hachinohe,
		residences: []register.Residence{{Municipality: Sumida, Address: "東京都墨田区太平三丁目9番6号", From: day(2010, 4, 1), To: day(2024, 9, 1), Reason: register.MovedIn}},
		departed:   &register.Departure{Planned: day(2024, 9, 1), Notified: day(2024, 8, 19)},
		card:       &card.Card{ID: "mori2016", State: card.Active, Overseas: true, Applied: day(2016, 2, 1), Issued: day(2016, 3, 1), Until: day(2026, 7, 15), Activated: day(2016, 4, 8)}},
}

// carrier is the post office's login.
var carrier = office.Staff{ID: "post", Name: "郵便局 配達担当 橋本", Office: place.Post, Role: office.Carrier}

// Forms are application forms with their IDs that residents have at home, for the sandbox's online page and photo booth.
var Forms = []application.IssuedForm{
	{ID: "41300012345678900000017", PersonID: "kato", Office: Sumida, Issued: day(2025, 4, 1)},
	{ID: "41300012345678900000024", PersonID: "yoshida", Office: Sumida, Issued: day(2025, 10, 10)},
	{ID: "41300012345678900000031", PersonID: "hayashi", Office: Sumida, Issued: day(2025, 4, 1)},
}

"""The offices of a fake company in each locale, with addresses that belong together.

Written down here, because Faker draws street, city, state and postal code apart from each other;
the streets are made up. Where a country keeps telephone numbers for fiction, the offices have
those; elsewhere the subscriber's part is zeros, so that nobody takes a number for a real one.
Sources: https://en.wikipedia.org/wiki/Fictitious_telephone_number
https://www.teltarif.de/drama-rufnummern-fiktiv-bundesnetzagentur-filme/news/84487.html
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple


class Office(NamedTuple):
    """One office. `name` is English, so that the group `<name> Office` is easily written.

    A `#` in the telephone number stands for a digit.
    """

    name: str
    street: str
    city: str
    state: str
    postal_code: str
    telephone: str


OFFICES: Final[Mapping[str, tuple[Office, ...]]] = MappingProxyType(
    {
        "en_US": (
            Office("New York", "200 Water Street", "New York", "NY", "10038", "+1 212 555 01##"),
            Office("Chicago", "410 Lake Street", "Chicago", "IL", "60606", "+1 312 555 01##"),
            Office("Austin", "1200 Cedar Street", "Austin", "TX", "78702", "+1 512 555 01##"),
        ),
        "en_GB": (
            Office(
                "London", "18 Mill Lane", "London", "Greater London", "SE1 9ZZ", "+44 20 7946 0###"
            ),
            Office(
                "Manchester",
                "7 Canal Street",
                "Manchester",
                "Greater Manchester",
                "M1 9ZZ",
                "+44 161 496 0###",
            ),
            Office(
                "Edinburgh",
                "42 Castle Row",
                "Edinburgh",
                "Midlothian",
                "EH1 9ZZ",
                "+44 131 496 0###",
            ),
        ),
        "de_DE": (
            Office("Berlin", "Lindenstraße 14", "Berlin", "Berlin", "10969", "+49 30 23125 ###"),
            Office("Munich", "Gartenweg 3", "München", "Bayern", "80331", "+49 89 99998 ###"),
            Office("Hamburg", "Hafengasse 21", "Hamburg", "Hamburg", "20457", "+49 40 66969 ###"),
        ),
        "fr_FR": (
            Office(
                "Paris", "12 rue des Lilas", "Paris", "Île-de-France", "75011", "+33 1 99 00 1# ##"
            ),
            Office(
                "Lyon",
                "5 quai des Tanneurs",
                "Lyon",
                "Auvergne-Rhône-Alpes",
                "69003",
                "+33 4 65 71 1# ##",
            ),
            Office(
                "Nantes",
                "31 allée des Érables",
                "Nantes",
                "Pays de la Loire",
                "44000",
                "+33 2 61 91 1# ##",
            ),
        ),
        "es_ES": (
            Office(
                "Madrid",
                "Calle del Olmo 7",
                "Madrid",
                "Comunidad de Madrid",
                "28012",
                "+34 000 910 ###",
            ),
            Office(
                "Barcelona",
                "Carrer dels Tarongers 22",
                "Barcelona",
                "Cataluña",
                "08010",
                "+34 000 930 ###",
            ),
            Office(
                "Valencia",
                "Avenida de la Fuente 3",
                "València",
                "Comunitat Valenciana",
                "46002",
                "+34 000 960 ###",
            ),
        ),
        "it_IT": (
            Office("Milan", "Via dei Tigli 9", "Milano", "MI", "20121", "+39 02 0000 0###"),
            Office("Rome", "Via della Fontana 16", "Roma", "RM", "00184", "+39 06 0000 0###"),
            Office("Turin", "Corso degli Aceri 40", "Torino", "TO", "10121", "+39 011 000 0###"),
        ),
        "pl_PL": (
            Office(
                "Warsaw", "ul. Lipowa 8", "Warszawa", "mazowieckie", "00-316", "+48 22 000 0###"
            ),
            Office(
                "Krakow", "ul. Ogrodowa 15", "Kraków", "małopolskie", "31-155", "+48 12 000 0###"
            ),
            Office(
                "Wroclaw", "ul. Młyńska 4", "Wrocław", "dolnośląskie", "50-062", "+48 71 000 0###"
            ),
        ),
        "no_NO": (
            Office("Oslo", "Bjørkegata 12", "Oslo", "Oslo", "0182", "+47 00 21 0###"),
            Office("Bergen", "Fjellveien 5", "Bergen", "Vestland", "5019", "+47 00 55 0###"),
            Office("Trondheim", "Elvegata 30", "Trondheim", "Trøndelag", "7011", "+47 00 73 0###"),
        ),
        "pt_BR": (
            Office(
                "Sao Paulo",
                "Rua das Palmeiras 120",
                "São Paulo",
                "SP",
                "01226-010",
                "+55 11 0000 0###",
            ),
            Office(
                "Rio de Janeiro",
                "Rua do Jardim 45",
                "Rio de Janeiro",
                "RJ",
                "20040-020",
                "+55 21 0000 0###",
            ),
            Office(
                "Belo Horizonte",
                "Avenida das Flores 300",
                "Belo Horizonte",
                "MG",
                "30130-010",
                "+55 31 0000 0###",
            ),
        ),
        "tr_TR": (
            Office(
                "Istanbul", "Lale Sokak 11", "İstanbul", "İstanbul", "34433", "+90 212 000 0###"
            ),
            Office("Ankara", "Gül Caddesi 26", "Ankara", "Ankara", "06420", "+90 312 000 0###"),
            Office("Izmir", "Deniz Sokak 8", "İzmir", "İzmir", "35220", "+90 232 000 0###"),
        ),
        "el_GR": (
            Office("Athens", "Οδός Ελιάς 17", "Αθήνα", "Αττική", "105 58", "+30 210 000 0###"),
            Office(
                "Thessaloniki",
                "Οδός Λιμανιού 6",
                "Θεσσαλονίκη",
                "Κεντρική Μακεδονία",
                "546 25",
                "+30 2310 000 ###",
            ),
            Office(
                "Patras", "Οδός Κήπων 23", "Πάτρα", "Δυτική Ελλάδα", "262 21", "+30 2610 000 ###"
            ),
        ),
        "ru_RU": (
            Office("Moscow", "ул. Садовая, 14", "Москва", "Москва", "101000", "+7 495 000 0###"),
            Office(
                "Saint Petersburg",
                "ул. Речная, 9",
                "Санкт-Петербург",
                "Санкт-Петербург",
                "191186",
                "+7 812 000 0###",
            ),
            Office(
                "Kazan",
                "ул. Липовая, 32",
                "Казань",
                "Республика Татарстан",
                "420111",
                "+7 843 000 0###",
            ),
        ),
        "ja_JP": (
            Office("Tokyo", "千代田区桜町1-2-3", "東京", "東京都", "100-0001", "+81 3 0000 0###"),
            Office("Osaka", "北区梅川4-5-6", "大阪市", "大阪府", "530-0001", "+81 6 0000 0###"),
            Office("Nagoya", "中区緑町7-8", "名古屋市", "愛知県", "460-0001", "+81 52 000 0###"),
        ),
        "zh_CN": (
            Office("Shanghai", "柳林路18号", "上海市", "上海市", "200021", "+86 21 0000 0###"),
            Office("Beijing", "花园街6号", "北京市", "北京市", "100088", "+86 10 0000 0###"),
            Office("Shenzhen", "海滨路27号", "深圳市", "广东省", "518000", "+86 755 0000 0###"),
        ),
        "ko_KR": (
            Office(
                "Seoul", "은행나무길 12", "서울특별시", "서울특별시", "04524", "+82 2 0000 0###"
            ),
            Office("Busan", "바다로 35", "부산광역시", "부산광역시", "48058", "+82 51 000 0###"),
            Office("Daejeon", "과학로 9", "대전광역시", "대전광역시", "34141", "+82 42 000 0###"),
        ),
        "he_IL": (
            Office(
                "Tel Aviv",
                "רחוב האלון 10",
                "תל אביב-יפו",
                "מחוז תל אביב",
                "6100000",
                "+972 3 000 0###",
            ),
            Office("Haifa", "רחוב הגפן 4", "חיפה", "מחוז חיפה", "3100000", "+972 4 000 0###"),
            Office(
                "Jerusalem", "רחוב הזית 21", "ירושלים", "מחוז ירושלים", "9100000", "+972 2 000 0###"
            ),
        ),
    }
)
"""The offices under Faker's code of the locale; the first is the biggest."""

"""The makers behind the first three characters of a VIN: a hint to prefill the brand, which a person may change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Maker:
    """A maker with its names; `guess` marks an entry that no second public table confirms, to be shown as such.

    `power_train` stands where all that the maker builds has one drive.
    """

    code: str
    zh_TW: str
    zh_CN: str
    en: str
    power_train: Literal["battery"] | None = None
    guess: bool = False

    def name(self, language: str) -> str:
        """The maker's name in zh_TW, zh_CN or en."""
        return {"zh_TW": self.zh_TW, "zh_CN": self.zh_CN}.get(language, self.en)


_MAKERS: tuple[tuple[str, Maker], ...] = (
    ("LSV", Maker("saic_volkswagen", "上汽大眾", "上汽大众", "SAIC Volkswagen")),
    ("LFV", Maker("faw_volkswagen", "一汽-大眾", "一汽-大众", "FAW-Volkswagen")),
    ("LSG", Maker("saic_gm", "上汽通用", "上汽通用", "SAIC-GM")),
    ("LSJ", Maker("saic_motor", "上汽乘用車", "上汽乘用车", "SAIC Roewe/MG")),
    ("LZW", Maker("sgmw", "上汽通用五菱", "上汽通用五菱", "SGMW Wuling/Baojun")),
    ("LSK", Maker("saic_maxus", "上汽大通", "上汽大通", "SAIC Maxus")),
    ("LFP", Maker("faw_car", "一汽轎車/紅旗/奔騰", "一汽轿车/红旗/奔腾", "FAW Car/Hongqi/Bestune")),
    ("LFM", Maker("faw_toyota", "一汽豐田", "一汽丰田", "FAW Toyota")),
    ("LTV", Maker("faw_toyota_tianjin", "一汽豐田（天津）", "一汽丰田（天津）", "FAW Toyota Tianjin")),
    ("LFB", Maker("faw_jilin", "一汽吉林", "一汽吉林", "FAW Jilin")),
    ("LGB", Maker("dongfeng_nissan", "東風日產", "东风日产", "Dongfeng Nissan")),
    ("LGJ", Maker("dongfeng_aeolus", "東風風神", "东风风神", "Dongfeng Aeolus")),
    ("LGG", Maker("dongfeng_liuzhou", "東風柳汽", "东风柳汽", "Dongfeng Liuzhou (Forthing)")),
    ("LVZ", Maker("dfsk", "東風小康", "东风小康", "DFSK")),
    ("LJN", Maker("zhengzhou_nissan", "鄭州日產", "郑州日产", "Zhengzhou Nissan")),
    ("LVH", Maker("dongfeng_honda", "東風本田", "东风本田", "Dongfeng Honda")),
    ("LHG", Maker("gac_honda", "廣汽本田", "广汽本田", "GAC Honda")),
    ("LUC", Maker("honda_china", "本田（中國）", "本田（中国）", "Honda China")),
    ("LVG", Maker("gac_toyota", "廣汽豐田", "广汽丰田", "GAC Toyota")),
    ("LMG", Maker("gac_trumpchi", "廣汽傳祺", "广汽传祺", "GAC Trumpchi")),
    ("LL6", Maker("gac_mitsubishi", "廣汽三菱", "广汽三菱", "GAC Mitsubishi")),
    ("LWV", Maker("gac_fca", "廣汽菲克", "广汽菲克", "GAC Fiat Chrysler/Jeep")),
    ("LDC", Maker("dpca", "神龍", "神龙", "Dongfeng Peugeot-Citroën")),
    ("LPA", Maker("changan_psa", "長安PSA", "长安PSA", "Changan PSA (DS)")),
    ("LVS", Maker("changan_ford", "長安福特", "长安福特", "Changan Ford")),
    ("LVR", Maker("changan_mazda", "長安馬自達", "长安马自达", "Changan Mazda")),
    ("LS5 LS4", Maker("changan", "長安汽車", "长安汽车", "Changan")),
    ("LBE", Maker("beijing_hyundai", "北京現代", "北京现代", "Beijing Hyundai")),
    ("LNB", Maker("baic", "北京汽車", "北京汽车", "BAIC")),
    ("LE4", Maker("beijing_benz", "北京奔馳", "北京奔驰", "Beijing Benz")),
    ("LB1", Maker("fujian_benz", "福建奔馳", "福建奔驰", "Fujian Benz")),
    ("LBV", Maker("bmw_brilliance", "華晨寶馬", "华晨宝马", "BMW Brilliance")),
    ("LSY", Maker("brilliance", "華晨/金杯", "华晨/金杯", "Brilliance/Jinbei")),
    ("LGW", Maker("great_wall", "長城", "长城", "Great Wall/Haval/WEY/Tank")),
    ("LGX LC0", Maker("byd", "比亞迪", "比亚迪", "BYD")),
    ("LVV LVT", Maker("chery", "奇瑞", "奇瑞", "Chery")),
    ("LB3 L6T", Maker("geely", "吉利", "吉利", "Geely")),
    ("LYV", Maker("volvo_china", "沃爾沃（中國）", "沃尔沃（中国）", "Volvo Cars China")),
    ("LVY", Maker("volvo_daqing", "沃爾沃大慶", "沃尔沃大庆", "Volvo Daqing")),
    ("LPS", Maker("polestar", "極星", "极星", "Polestar")),
    ("LJ1", Maker("jac", "江淮", "江淮", "JAC")),
    ("LJD", Maker("yueda_kia", "悅達起亞", "悦达起亚", "Yueda Kia")),
    ("LEF", Maker("jmc", "江鈴", "江铃", "JMC")),
    ("LJX", Maker("jmc_ford", "江鈴福特", "江铃福特", "JMC Ford")),
    ("LET", Maker("jiangxi_isuzu", "江西五十鈴", "江西五十铃", "Jiangxi Isuzu")),
    ("LRW", Maker("tesla_shanghai", "特斯拉（上海）", "特斯拉（上海）", "Tesla Shanghai", power_train="battery")),
    ("LDN", Maker("soueast", "東南", "东南", "Soueast/Mitsubishi")),
    ("LVA LVB", Maker("foton", "福田", "福田", "Foton")),
    ("LH1 LMV", Maker("haima", "海馬", "海马", "Haima")),
    ("LKC", Maker("changhe", "昌河", "昌河", "Changhe")),
    ("LTA", Maker("zx_auto", "中興", "中兴", "ZX Auto")),
    ("LVX", Maker("landwind", "陸風", "陆风", "Landwind")),
    ("LLN", Maker("qoros", "觀致", "观致", "Qoros")),
    ("LUX", Maker("luxgen", "東風裕隆", "东风裕隆", "Luxgen")),
    ("LLV", Maker("lifan", "力帆", "力帆", "Lifan")),
    ("LJ8", Maker("zotye", "眾泰", "众泰", "Zotye")),
    ("LNP", Maker("nanjing_automobile", "南京名爵/菲亞特", "南京名爵/菲亚特", "Nanjing MG/Fiat")),
    ("LKL", Maker("higer", "海格", "海格", "Higer")),
    ("LZY", Maker("yutong", "宇通", "宇通", "Yutong")),
    ("L1N", Maker("xpeng", "小鵬", "小鹏", "XPeng", guess=True)),
    ("LW4 HLX", Maker("li_auto", "理想", "理想", "Li Auto", guess=True)),
    ("LM8", Maker("seres", "賽力斯/問界", "赛力斯/问界", "Seres/AITO", guess=True)),
    ("LFZ", Maker("leapmotor", "零跑", "零跑", "Leapmotor", guess=True)),
    ("LUZ", Maker("neta", "哪吒", "哪吒", "Neta", guess=True)),
    ("LS6", Maker("deepal_avatr", "長安深藍/阿維塔", "长安深蓝/阿维塔", "Deepal/Avatr", guess=True)),
    ("LDP", Maker("voyah", "嵐圖", "岚图", "Voyah", guess=True)),
    ("LNA", Maker("aion", "廣汽埃安", "广汽埃安", "Aion", guess=True)),
    ("HXM", Maker("xiaomi", "小米", "小米", "Xiaomi", guess=True)),
    ("WBA WBS 5UX", Maker("bmw", "寶馬（進口）", "宝马（进口）", "BMW")),
    ("WDD WDC W1K W1N 4JG", Maker("mercedes_benz", "奔馳（進口）", "奔驰（进口）", "Mercedes-Benz")),
    ("WAU", Maker("audi", "奧迪（進口）", "奥迪（进口）", "Audi")),
    ("WVW WVG", Maker("volkswagen", "大眾（進口）", "大众（进口）", "Volkswagen")),
    ("WP0 WP1", Maker("porsche", "保時捷", "保时捷", "Porsche")),
    ("SAL", Maker("land_rover", "路虎", "路虎", "Land Rover")),
    ("SAJ", Maker("jaguar", "捷豹", "捷豹", "Jaguar")),
    ("JTH JTJ", Maker("lexus", "雷克薩斯", "雷克萨斯", "Lexus")),
    ("JTM", Maker("toyota", "豐田（進口）", "丰田（进口）", "Toyota")),
    ("5YJ 7SA", Maker("tesla", "特斯拉（美國）", "特斯拉（美国）", "Tesla", power_train="battery")),
    ("YV1", Maker("volvo_sweden", "沃爾沃（瑞典）", "沃尔沃（瑞典）", "Volvo Sweden")),
    ("KMH", Maker("hyundai", "現代（韓國）", "现代（韩国）", "Hyundai")),
    ("KNA", Maker("kia", "起亞（韓國）", "起亚（韩国）", "Kia")),
    ("RKL", Maker("kuozui", "國瑞（台灣豐田）", "国瑞（台湾丰田）", "Kuozui Toyota")),
    ("RKM", Maker("china_motor", "中華汽車", "中华汽车", "China Motor (CMC)")),
    ("RF5", Maker("yulon", "裕隆", "裕隆", "Yulon")),
    ("RKT", Maker("honda_taiwan", "台灣本田", "台湾本田", "Honda Taiwan")),
    ("RHA", Maker("ford_lio_ho", "福特六和", "福特六和", "Ford Lio Ho")),
)
MAKERS: Final = {world_code: maker for world_codes, maker in _MAKERS for world_code in world_codes.split()}
"""World manufacturer identifier (three characters) to maker."""

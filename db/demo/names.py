"""What people and companies are called: the same names in both scripts, as they stand in a shop's books."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random


def _listed(text: str, separator: str = " ") -> list[str]:
    return text.split(separator)


_SURNAMES = _listed(
    "陳陈 林林 黃黄 張张 李李 王王 吳吴 劉刘 蔡蔡 楊杨 許许 鄭郑 謝谢 郭郭 洪洪 曾曾 邱邱 廖廖 賴赖 周周 徐徐 蘇苏 葉叶 莊庄 呂吕 江江 何何 "
    "蕭萧 羅罗 高高 潘潘 簡简 朱朱 鍾钟 彭彭 游游 詹詹 胡胡 施施 沈沈 余余 盧卢 梁梁 趙赵 顏颜 柯柯 翁翁 魏魏 孫孙 戴戴 范范 方方 宋宋 鄧邓 杜杜 "
    "傅傅 侯侯 曹曹 薛薛 丁丁 馬马 唐唐 馮冯 韓韩 董董 程程 袁袁 單单 解解 仇仇"
)
_COMPOUND_SURNAMES = (("歐陽", "欧阳"), ("司徒", "司徒"), ("上官", "上官"), ("諸葛", "诸葛"))
_GIVEN = _listed(
    "志強志强 家豪家豪 淑芬淑芬 美玲美玲 俊傑俊杰 怡君怡君 雅婷雅婷 建華建华 國棟国栋 文傑文杰 佩珊佩珊 啟明启明 麗雯丽雯 少芬少芬 嘉欣嘉欣 詠儀咏仪 "
    "子晴子晴 偉倫伟伦 穎詩颖诗 美琪美琪 浩然浩然 婉儀婉仪 子軒子轩 嘉樂嘉乐 德明德明 美珊美珊 志明志明 偉業伟业 家俊家俊 慧玲慧玲 雪萍雪萍 永強永强 "
    "曉東晓东 麗華丽华 海燕海燕 建國建国 秀英秀英 桂蘭桂兰 玉梅玉梅 宇航宇航 思琪思琪 夢瑤梦瑶 欣怡欣怡 澤宇泽宇 梓涵梓涵 雨桐雨桐 浩宇浩宇 詩涵诗涵 "
    "俊熙俊熙 文博文博 曉雯晓雯 靜怡静怡 立新立新 金鳳金凤 春梅春梅 冬冬冬冬 長江长江 學軍学军 衛東卫东 愛民爱民 紅霞红霞 鳳儀凤仪 耀輝耀辉 振宇振宇 "
    "樂怡乐怡 智賢智贤 曉彤晓彤 銘恩铭恩 靄琳霭琳 展鵬展鹏 鎮濤镇涛 倩如倩如 書豪书豪 承翰承翰 冠廷冠廷 品妍品妍"
)
_SINGLE_GIVEN = _listed("敏敏 強强 偉伟 芳芳 娜娜 靜静 磊磊 洋洋 勇勇 艷艳 傑杰 濤涛 明明 超超 霞霞 平平 剛刚 輝辉 玲玲 丹丹 波波 寧宁 龍龙 萍萍")
_FOREIGN = (
    "James Carter", "Emily Clarke", "Daniel Weber", "Sophie Martin", "Kenji Yamamoto", "Anna Kowalska", "Lucas Silva", "Olivia Brown",
    "Min-jun Park", "Priya Nair", "Thomas Müller", "Elena Rossi", "Noah Wilson", "Chloe Dubois", "David O'Brien", "Hana Suzuki",
)  # fmt: skip
_COMPANY_HEADS = _listed(
    "東海东海 順豐盛顺丰盛 鵬城鹏城 華南华南 金輝金辉 粵港粤港 恆信恒信 藍天蓝天 大洋大洋 新世紀新世纪 宏達宏达 南山南山 龍崗龙岗 前海前海 遠航远航 "
    "聯創联创 億通亿通 百川百川 和順和顺 天虹天虹 德源德源 匯豐源汇丰源 永泰永泰 星河星河 凱利凯利"
)
_COMPANY_TAILS = _listed(
    "物流有限公司 物流有限公司|電子科技有限公司 电子科技有限公司|貿易有限公司 贸易有限公司|建築工程有限公司 建筑工程有限公司|汽車租賃有限公司 汽车租赁有限公司|"
    "餐飲管理有限公司 餐饮管理有限公司|裝飾設計有限公司 装饰设计有限公司|網約車服務有限公司 网约车服务有限公司",
    "|",
)
GOVERNMENT = (("南山區環衛所", "南山区环卫所"), ("粵海街道辦事處", "粤海街道办事处"), ("福田區市政管理站", "福田区市政管理站"))

TRADITIONAL, SIMPLIFIED, ENGLISH = "zh_TW", "zh_CN", "en"


def _half(pair: str, simplified: bool) -> str:
    middle = len(pair) // 2
    return pair[middle:] if simplified else pair[:middle]


def person(draw: random.Random, language: str) -> str:
    """A person's name as someone who reads this language writes it."""
    if language == ENGLISH:
        return draw.choice(_FOREIGN)
    simplified = language == SIMPLIFIED
    if draw.random() < 0.02:
        surname = draw.choice(_COMPOUND_SURNAMES)[simplified]
    else:
        # The first surnames of the list are the frequent ones.
        surname = _half(_SURNAMES[min(int(draw.expovariate(1 / 22)), len(_SURNAMES) - 1)], simplified)
    given = draw.choice(_GIVEN if draw.random() < 0.86 else _SINGLE_GIVEN)
    return surname + _half(given, simplified)


def company(draw: random.Random, language: str) -> str:
    """A company's name."""
    simplified = language == SIMPLIFIED
    head, tail = draw.choice(_COMPANY_HEADS), draw.choice(_COMPANY_TAILS).split()
    place = draw.choice((("深圳市", "深圳市"), ("廣東", "广东"), ("", "")))[simplified]
    return place + _half(head, simplified) + tail[simplified]

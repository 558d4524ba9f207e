"""What people, plates, VINs and phones are found by, and what is looked for when something is typed."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules import search_text
from db.rules.han_readings import is_han
from db.rules.search_text import name_keys, phone_keys, plate_keys, prefix_end, query_key, search_prefixes, vin_keys

names = st.text(st.sampled_from("張张三大文李單单曾志偉伟区歐陽娜尉遲恭万呂吕 abcXYZ'·éß"), max_size=24)


def found(keys: frozenset[str] | tuple[str, ...], typed: str) -> bool:
    """Whether what was typed leads to one of the keys, through the ranges that a store would search."""
    return any(prefix <= key < prefix_end(prefix) for prefix in search_prefixes(typed) for key in keys)


@pytest.mark.parametrize(
    "typed",
    [
        "張大文",
        "张大文",
        "张大",
        "張",
        "大文",
        "文",
        "zhang da wen",
        "Zhang Da",
        "zhangdawen",
        "dawen",
        "wen",
        "zdw",
        "zd",
        "dw",
        "ＺＤＷ",
        "zhāng dà wén",
        "张 大 文",
    ],
)
def test_a_person_is_found_in_either_script_by_pinyin_and_by_initials(typed: str) -> None:
    assert found(name_keys("張大文"), typed)
    assert found(name_keys("张大文"), typed)


@pytest.mark.parametrize("typed", ["王", "zhangwen", "zw", "大張", "zdwx", "z", ""])
def test_a_person_is_not_found_by_what_the_name_does_not_hold(typed: str) -> None:
    assert not found(name_keys("張大文"), typed)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("單雄信", ("shanxiongxin", "danxiongxin", "sxx", "dxx")),
        ("曾志偉", ("zengzhiwei", "cengzhiwei", "zzw")),
        ("仇英", ("qiuying", "chouying", "qy")),
        ("解珍", ("xiezhen", "jiezhen", "xz", "jz")),
        ("查良鏞", ("zhaliangyong", "zly")),
        ("區慧", ("ouhui", "quhui", "oh")),
        ("朴樹", ("piaoshu", "ps")),
        ("翟天", ("zhaitian", "ditian")),
        ("繆斯", ("miaosi",)),
        ("尉遲恭", ("yuchigong", "ycg", "weichi")),
        ("万俟卨", ("moqixie", "mqx")),
        ("万科", ("wanke",)),
        ("呂布", ("lvbu", "lubu", "lübu", "lb")),
        ("歐陽娜娜", ("ouyang", "oynn", "nana")),
        ("鍾豪", ("钟豪", "zhonghao")),
        ("廈門長安重慶銀行", ("xiamen", "changan", "chongqing", "yinhang", "xmcacqyh", "长安重庆")),
    ],
)
def test_names_with_several_readings_are_found_by_each(name: str, typed: tuple[str, ...]) -> None:
    for text in typed:
        assert found(name_keys(name), text), text


def test_names_in_latin_script_are_found_from_each_word() -> None:
    keys = name_keys("John O'Brien-José")
    for typed in ("john", "JOHN OB", "brien", "jose", "José", "jobj"):
        assert found(keys, typed), typed
    assert not found(keys, "rien")
    assert found(name_keys("王 Peter"), "peter")
    assert found(name_keys("王 Peter"), "wp")


def test_keys_that_only_begin_another_are_left_out() -> None:
    assert name_keys("張三") == {"n:张三", "n:三", "n:zhangsan", "n:san", "n:zs"}


@pytest.mark.parametrize("name", ["", " ", "😀", "<>&", "\ud800"])
def test_a_name_without_letters_has_no_keys(name: str) -> None:
    assert name_keys(name) == frozenset()


def test_a_long_name_has_a_bounded_number_of_keys() -> None:
    keys = name_keys("單曾重慶長樂" * 40)
    assert len(keys) < 1100
    assert max(map(len, keys)) == len("n:") + search_text.NAME_KEY_LENGTH
    assert found(name_keys("广州宏达汽车服务有限公司天河区分公司东圃店"), "广州宏达汽车服务有限公司天河区分公司东圃店")


@given(names)
def test_a_name_is_found_by_itself_and_by_every_end_of_it(name: str) -> None:
    keys = name_keys(name)
    for at, character in enumerate(name):
        if is_han(character) and at < 16:
            assert found(keys, name[at:])
            assert found(keys, character)
    assert not query_key(name) or any(key.startswith("n:" + query_key(name)) for key in keys)


@given(names)
def test_the_quick_way_and_the_careful_way_give_the_same_keys(name: str) -> None:
    careful = frozenset(search_text._keys_of(search_text._units(name.translate(search_text.FOLDING))))
    assert name_keys(name) == careful


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = query_key(text)
    assert query_key(once) == once
    assert query_key(unicodedata.normalize("NFD", text)) == query_key(unicodedata.normalize("NFC", text)) or "\ud800" in text


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    name_keys(text)
    search_text.sort_key(text)
    for prefix in search_prefixes(text):
        assert prefix[:2] in {"n:", "p:", "q:", "v:", "w:", "t:", "u:"}
        assert len(prefix) > 2


def test_names_are_put_in_order_by_pinyin() -> None:
    people = ["张三", "陳明", "李四", "單雄信", "陈安", "Adam", "曾志偉"]
    assert sorted(people, key=search_text.sort_key) == ["Adam", "陈安", "陳明", "李四", "單雄信", "曾志偉", "张三"]
    assert search_text.sort_key("") == ""


@pytest.mark.parametrize("typed", ["粤B6K8P9", "粵b·6k", "粤B", "B6K8P9", "b6", "6K8P9", "8p9", "p9", "K8P9"])
def test_a_plate_is_found_by_its_beginning_and_by_any_tail(typed: str) -> None:
    assert found(plate_keys("粤B6K8P9"), typed)


@pytest.mark.parametrize("typed", ["粤A", "6K8", "K8", "9", "粤", "P8"])
def test_a_plate_is_not_found_by_its_middle_or_by_too_little(typed: str) -> None:
    assert not found(plate_keys("粤B6K8P9"), typed)


@pytest.mark.parametrize("typed", ["豫A8888學", "88学", "88學", "8888", "A8888", "豫a8"])
def test_a_suffix_may_be_left_out_of_a_tail(typed: str) -> None:
    assert found(plate_keys("豫A8888学"), typed)


@pytest.mark.parametrize("typed", ["LSVAA2BR7GN000001", "lsvaa2", "LSV", "0001", "000001", "gn000001", "LSVAA 2BR7 GN000001", "01"])
def test_a_vin_is_found_by_its_beginning_and_by_any_tail(typed: str) -> None:
    assert found(vin_keys("LSVAA2BR7GN000001"), typed)


@pytest.mark.parametrize("typed", ["13802684417", "138 0268", "+86 138", "0086138026", "8613802684417", "4417", "17", "138-0268-4417"])
def test_a_mobile_number_is_found_by_its_beginning_and_by_any_tail(typed: str) -> None:
    assert found(phone_keys("+8613802684417"), typed)


@pytest.mark.parametrize("typed", ["020 8333", "(020)8333", "+86 20 8333", "83333333", "3333", "02083333333"])
def test_a_fixed_number_is_found_with_or_without_area_code(typed: str) -> None:
    assert found(phone_keys("+862083333333"), typed)


@pytest.mark.parametrize("typed", ["9123 4567", "+852 9123", "8529123", "4567"])
def test_a_number_of_elsewhere_is_found_with_or_without_its_country(typed: str) -> None:
    assert found(phone_keys("+85291234567"), typed)


@given(st.from_regex("1[3-9][0-9]{9}", fullmatch=True), st.integers(2, 11))
def test_any_tail_of_a_phone_finds_it(digits: str, count: int) -> None:
    assert found(phone_keys(f"+86{digits}"), digits[-count:])
    assert found(phone_keys(f"+86{digits}"), digits[:count])


def test_classes_do_not_answer_for_each_other() -> None:
    assert not found(name_keys("LSV"), "0001")
    assert not any(key.startswith("n:") for key in (*plate_keys("粤B6K8P9"), *vin_keys("LSVAA2BR7GN000001"), *phone_keys("+8613802684417")))


def test_nothing_is_kept_for_nothing() -> None:
    assert plate_keys("") == vin_keys("") == phone_keys("") == phone_keys("+") == ()


@pytest.mark.parametrize(
    ("typed", "prefixes"),
    [
        ("张", ("n:张",)),
        ("粤B6", ("p:粤B6", "n:粤b6")),
        ("12345", ("q:54321", "t:12345", "u:54321", "w:54321", "p:12345")),
        ("6K8", ("p:6K8", "q:8K6", "v:6K8", "w:8K6", "n:6k8")),
        ("zhang", ("n:zhang", "p:ZHANG", "v:ZHANG")),
        ("LSVAA2BR7GN000001", ("v:LSVAA2BR7GN000001", "n:lsvaa2br7gn00000")),
        ("1", ()),
        ("a", ()),
        ("-", ()),
    ],
)
def test_what_is_looked_for_follows_from_what_was_typed(typed: str, prefixes: tuple[str, ...]) -> None:
    assert search_prefixes(typed) == prefixes


def test_the_libraries_are_loaded_only_when_a_name_or_number_needs_them() -> None:
    code = (
        "import sys; from db.rules import search_text, recognise, phone; phone.recognise('13802684417'); search_text.search_prefixes('6K8P9');"
        "print(sorted({'opencc', 'pypinyin', 'phonenumbers'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"

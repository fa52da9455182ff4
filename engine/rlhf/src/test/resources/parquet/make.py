"""Makes the Parquet files beside this script, and what pyarrow reads in them, one row per line.

Run it with pyarrow 26 in this folder: python make.py

`NAME.parquet` has the rows; `NAME.jsonl` has pyarrow's own `to_pylist`, where None within structs
is left out, as TRL's `remove_none_values` does it, and values that JSON does not have are written
as texts: decimals as digits, times as ISO with a blank, bytes as UTF-8 or else {"bytes": hex}.
Files in REFUSED have no rows that could be had truly.
"""
import datetime
import decimal
import json
import math
import random
import uuid

import pyarrow as pa
import pyarrow.parquet as pq

UTC = datetime.timezone.utc


def plain(value, kind, top=False):
    """A value of pyarrow as JSON has it."""
    if value is None:
        return None
    if isinstance(kind, pa.BaseExtensionType):
        if kind.extension_name == "arrow.json":
            return json.loads(value)
        if kind.extension_name == "arrow.uuid":
            return str(value)
    if pa.types.is_dictionary(kind):
        return plain(value, kind.value_type)
    if pa.types.is_struct(kind):
        fields = [kind.field(i) for i in range(kind.num_fields)]
        made = {f.name: plain(value[f.name], f.type) for f in fields}
        return {name: v for name, v in made.items() if v is not None}
    if pa.types.is_map(kind):
        return {key(k): plain(v, kind.item_type) for k, v in value}
    if pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
        return [plain(v, kind.value_type) for v in value]
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return {"bytes": value.hex()}
    if isinstance(value, decimal.Decimal):
        return {"decimal": format(value, "f")}
    if isinstance(value, float):
        if math.isnan(value):
            return {"float": "NaN"}
        if math.isinf(value):
            return {"float": "Infinity" if value > 0 else "-Infinity"}
        return value
    if isinstance(value, datetime.datetime):
        if value.tzinfo:
            return str(value.astimezone(UTC)).replace("+00:00", "+00")
        return str(value)
    if isinstance(value, (datetime.date, datetime.time)):
        return str(value)
    return value


def key(value):
    return str(value) if not isinstance(value, bytes) else value.decode()


def write(name, table, **options):
    pq.write_table(table, name + ".parquet", **options)
    # read back: what counts is the file
    expect(name)


def expect(name):
    table = pq.read_table(name + ".parquet")
    kinds = table.schema.types
    columns = [c.to_pylist() for c in table.columns]
    with open(name + ".jsonl", "w") as out:
        for row in zip(*columns) if columns else []:
            made = {n: plain(v, k) for n, v, k in zip(table.column_names, row, kinds)}
            out.write(json.dumps(made, ensure_ascii=False) + "\n")


def conversations():
    calls = [
        {"name": "weather", "arguments": {"location": "Ulm", "unit": None}},
        {"name": "weather", "arguments": {"Location": "Bonn", "location_1": "x", "LOCATION": None}},
        {"name": "clock", "arguments": {}},
        {"name": "sum", "arguments": {"terms": [1, None, 3], "deep": {"a": {"b": None, "B": "c"}}}},
    ]
    arguments = pa.struct([
        ("location", pa.string()),
        ("Location", pa.string()),
        ("location_1", pa.string()),
        ("LOCATION", pa.string()),
        ("unit", pa.string()),
        ("terms", pa.list_(pa.int64())),
        ("deep", pa.struct([("a", pa.struct([("b", pa.string()), ("B", pa.string())]))])),
    ])
    call = pa.struct([("name", pa.string()), ("arguments", arguments)])
    message = pa.struct([
        ("role", pa.string()),
        ("content", pa.string()),
        ("tool_calls", pa.list_(pa.struct([("type", pa.string()), ("function", call)]))),
    ])
    rows = []
    for i, made in enumerate(calls):
        rows.append([
            {"role": "user", "content": f"question {i}"},
            {"role": "assistant", "tool_calls": [{"type": "function", "function": made}]},
            {"role": "tool", "content": "21 °C"},
            {"role": "assistant", "content": "answer " + "é😀\n\t\"\\" * i},
        ])
    messages = pa.array(rows + [None, [], [None, {"role": None}]], type=pa.list_(message))
    table = pa.table({"messages": messages, "id": pa.array(range(len(messages)))})
    write("conversations", table, row_group_size=2)


def chats():
    """The same rows as `datasets` would write them, and as JSON lines: chats.jsonl is the source."""
    def called(name, arguments):
        return {"type": "function", "function": {"name": name, "arguments": arguments}}

    rows = [
        {"messages": [
            {"role": "user", "content": "is it warm in Ulm?"},
            {"role": "assistant", "tool_calls": [called("weather", {"location": "Ulm"})]},
            {"role": "tool", "content": "21 °C", "name": "weather"},
            {"role": "assistant", "content": "yes"},
        ]},
        {"messages": [
            {"role": "system", "content": "be brief"},
            {"role": "user", "content": "and in Bonn, at noon?"},
            {"role": "assistant", "content": "I look", "tool_calls": [called("weather", {"Location": "Bonn", "at": {"hour": 12}})]},
            {"role": "tool", "content": "18 °C"},
            {"role": "assistant", "content": "no"},
        ]},
        {"messages": [{"role": "user", "content": "thanks"}, {"role": "assistant", "content": "please"}]},
    ]
    with open("chats.jsonl", "w") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    pq.write_table(pa.Table.from_pylist(rows), "chats.parquet")


def kinds():
    when = datetime.datetime(2020, 1, 2, 3, 4, 5, 6)
    big = decimal.Decimal("-12345678901234567890.12")
    table = pa.table({
        "dec38": pa.array([decimal.Decimal("1.10"), None, big], type=pa.decimal128(38, 2)),
        "dec18": pa.array([decimal.Decimal("1234567890123456.10"), None, 0], type=pa.decimal128(18, 2)),
        "dec9": pa.array([decimal.Decimal("1.10"), None, decimal.Decimal("0.01")], type=pa.decimal128(9, 2)),
        "decs": pa.array([[{"d": decimal.Decimal("0.30")}], None, []], type=pa.list_(pa.struct([("d", pa.decimal128(20, 2))]))),
        "f64": pa.array([0.1, 1e300, float("-inf")]),
        "f64b": pa.array([5e-324, 1.7976931348623157e308, -0.0]),
        "f64c": pa.array([3.0, 1e22, float("nan")]),
        "f32": pa.array([0.1, 1e30, float("nan")], type=pa.float32()),
        "f16": pa.array([0.1, 1.5, None], type=pa.float16()),
        "u64": pa.array([2**64 - 1, 0, None], type=pa.uint64()),
        "i64": pa.array([2**63 - 1, -(2**63), None]),
        "i8": pa.array([127, -128, None], type=pa.int8()),
        "u8": pa.array([255, 0, None], type=pa.uint8()),
        "u32": pa.array([2**32 - 1, 0, None], type=pa.uint32()),
        "yes": pa.array([True, False, None]),
        "ts": pa.array([when, datetime.datetime(1, 1, 1), datetime.datetime(9999, 12, 31, 23, 59, 59, 999999)]),
        "tz": pa.array([when, None, None], type=pa.timestamp("us", tz="Europe/Berlin")),
        "day": pa.array([datetime.date(2020, 1, 2), None, datetime.date(1969, 7, 20)]),
        "time": pa.array([datetime.time(1, 2, 3, 4), None, None]),
        "bytes": pa.array([b'\xff\x00\\"\n', "abcä\\x41".encode(), None]),
        "four": pa.array([b"\xff\x00ab", b"abcd", None], type=pa.binary(4)),
        "text": pa.array(["\x00\u2028\"\\/\u0085", "é😀\x7f\x1b", ""]),
        "word": pa.array(["x", "y", "x"]).dictionary_encode(),
        "null": pa.nulls(3),
        "uuid": pa.array([uuid.uuid5(uuid.NAMESPACE_DNS, "a").bytes, None, None], type=pa.uuid()),
        "json": pa.array(['{"a": 1.10, "A": [1, null], "n": null}', '[1, 123456789012345678901234567890]', '"x"'], type=pa.json_(pa.string())),
    })
    for codec in ["none", "snappy", "gzip", "zstd", "brotli", "lz4"]:
        write("kinds-" + codec, table, compression=codec, data_page_version="2.0" if codec == "zstd" else "1.0")


def nested():
    struct = pa.struct([("x", pa.int8()), ("y", pa.list_(pa.string()))])
    table = pa.table({
        "lists": pa.array([[[1], [None, 2], None], [], None], type=pa.list_(pa.list_(pa.int64()))),
        "large": pa.array([["a"], [], None], type=pa.large_list(pa.string())),
        "fixed": pa.array([[1, 2], [3, None], None], type=pa.list_(pa.int32(), 2)),
        "struct": pa.array([{"x": None, "y": None}, None, {"x": 1, "y": []}], type=struct),
        "structs": pa.array([[{"x": 1}, None, {"y": ["a", None]}], [], None], type=pa.list_(struct)),
        "one": pa.array([[{"only": None}], [{"only": 2}, None], None], type=pa.list_(pa.struct([("only", pa.int8())]))),
        "map": pa.array([[("a", 1), ("A", 2)], [("k", None)], None], type=pa.map_(pa.string(), pa.int64())),
        "maps": pa.array([[(1, {"x": 1})], [(-2, {"y": ["z"]}), (3, None)], []], type=pa.map_(pa.int32(), struct)),
        "mapped": pa.array([[[("k", ["v", None])], None], [[]], None], type=pa.list_(pa.map_(pa.string(), pa.list_(pa.string())))),
        "inmap": pa.array([{"m": [("k", {"a": 1, "A": 2})]}, {"m": None}, None], type=pa.struct([("m", pa.map_(pa.string(), pa.struct([("a", pa.int8()), ("A", pa.int8())])))])),
    })
    write("nested", table, compression="gzip", row_group_size=1)
    write("nested-pages", table, compression="zstd", data_page_size=1, use_dictionary=False)
    write("long", pa.table({"large": pa.array(["é" * 40000, "y", None], type=pa.large_string())}), compression="zstd")
    write("no-rows", table.slice(0, 0))


def names():
    table = pa.table({
        "Prompt": ["a"], "prompt": ["b"], "PROMPT": ["c"], "prompt_1": ["d"], "row_": ["e"], "ROW__": ["f"],
        "a.b": ["g"], "it's \"so\"": ["h"], "ä": ["i"], "Ä": ["j"], "": ["k"], "json": ["l"], "select": ["m"],
        "s": pa.array([{"a b": 2, "A B": 3, "*": 4, "\"": 5, "ä": 6, "Ä": 7, "a b_1": 8}]),
    })
    write("names", table)


def old_lists():
    """Lists whose repeated group is the element itself, by its name, as parquet-avro wrote them."""
    table = pa.table({"l": pa.array([["a", None], [], None], type=pa.list_(pa.string()))})
    pq.write_table(table, "old-lists.parquet", store_schema=False)
    content = open("old-lists.parquet", "rb").read()
    length = int.from_bytes(content[-8:-4], "little")
    footer = content[-8 - length : -8]
    # a length, then the name, in the schema and in the paths of columns
    renamed = footer.replace(b"\x04list", b"\x05array")
    assert renamed != footer
    with open("old-lists.parquet", "wb") as out:
        out.write(content[: -8 - length] + renamed + len(renamed).to_bytes(4, "little") + b"PAR1")
    expect("old-lists")


def checksums():
    table = pa.table({
        "prompt": [f"what is {i} and {i * i}?" for i in range(200)],
        "completion": [f"it is {'long ' * (i % 7)}{i}" for i in range(200)],
    })
    for version in ["1.0", "2.0"]:
        write("checksums-" + version[0], table, compression="none", write_page_checksum=True, data_page_version=version, row_group_size=100, data_page_size=1000)


def refused():
    twice = pa.array([[("a", 1), ("a", 2)]], type=pa.map_(pa.string(), pa.int64()))
    pq.write_table(pa.table({"map": twice}), "refused-keys.parquet")
    wide = pa.array([decimal.Decimal("1.10")], type=pa.decimal256(60, 2))
    pq.write_table(pa.table({"wide": wide}), "refused-digits.parquet")
    same = pa.StructArray.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"])
    pq.write_table(pa.table({"s": same}), "refused-names.parquet")


    pq.write_table(pa.table({"s": pa.array([{"": 1, "a": 2}])}), "refused-nameless.parquet")


class Drawn:
    """Schemas and rows drawn at random."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def kind(self, depth):
        r = self.random.random()
        if depth == 0 or r < 0.35:
            return self.random.choice([pa.string(), pa.int64(), pa.float64(), pa.bool_(), pa.float32(), pa.large_string(), pa.decimal128(12, 3)])
        if r < 0.6:
            return pa.list_(self.kind(depth - 1))
        if r < 0.9:
            n = self.random.randint(1, 4)
            pool = ["a", "A", "a_1", "b", "B", "b_2", "role", "Role"]
            return pa.struct([(name, self.kind(depth - 1)) for name in self.random.sample(pool, n)])
        return pa.map_(pa.string(), self.kind(depth - 1))

    def value(self, kind):
        r = self.random
        if r.random() < 0.25:
            return None
        if pa.types.is_struct(kind):
            return {kind.field(i).name: self.value(kind.field(i).type) for i in range(kind.num_fields)}
        if pa.types.is_map(kind):
            return [(k, self.value(kind.item_type)) for k in r.sample(["x", "X", "y", ""], r.randint(0, 3))]
        if pa.types.is_list(kind):
            return [self.value(kind.value_type) for _ in range(r.randint(0, 3))]
        if pa.types.is_boolean(kind):
            return r.random() < 0.5
        if pa.types.is_integer(kind):
            return r.randint(-(2**63), 2**63 - 1)
        if pa.types.is_floating(kind):
            return r.uniform(-1e6, 1e6)
        if pa.types.is_decimal(kind):
            return decimal.Decimal(r.randint(-(10**12) + 1, 10**12 - 1)).scaleb(-3)
        return "".join(r.choice("ab é😀\n\"\\") for _ in range(r.randint(0, 6)))

    def table(self):
        rows = self.random.randint(1, 12)
        columns = {}
        for name in self.random.sample(["c", "C", "c_1", "d", "D"], self.random.randint(1, 5)):
            kind = self.kind(4)
            columns[name] = pa.array([self.value(kind) for _ in range(rows)], type=kind)
        return pa.table(columns)


def drawn():
    for seed in range(24):
        one = Drawn(seed)
        options = {
            "compression": one.random.choice(["none", "snappy", "zstd", "gzip"]),
            "row_group_size": one.random.randint(1, 5),
            "data_page_version": one.random.choice(["1.0", "2.0"]),
            "use_dictionary": one.random.random() < 0.5,
        }
        write(f"drawn-{seed:02}", one.table(), **options)


conversations()
chats()
kinds()
nested()
names()
old_lists()
checksums()
refused()
drawn()

namespace Specs.Support.Scheduling;

public static partial class StepWords
{
    // How little can change: an engine that compares roughly takes the new row for the old one.
    private static (string Words, Func<int[], Who, StepCommand> Command)[] ChangesOfOneValue =>
    [
        Change("counts a reader of post #", "tb_post", "readers = readers + 1"),
        Change("takes the title of post # away", "tb_post", "title = NULL"),
        Change("writes the title of post # in capitals", "tb_post", "title = upper(title)"),
        Change("adds a blank to the title of post #", "tb_post", "title = title || ' '"),
        Change("changes the last microsecond of value #", "tb_value", "seen = seen + interval '1 microsecond'"),
        Change("changes the last digit of the numeric of value #", "tb_value", "amount = amount + 1e-20"),
        Change("changes the last digit of the double precision of value #", "tb_value", "ratio = 0.30000000000000004"),
        Change("changes the last digit of the real of value #", "tb_value", "part = 0.30000004"),
        Change("changes the last byte of value #", "tb_value", "bytes = set_byte(bytes, 1, 3)"),
        Change("changes the last element of value #", "tb_value", "numbers[3] = 4"),
        Change("changes one letter in the document of value #", "tb_value", "document = '{\"n\": [\"x\", \"Y\"]}'"),
    ];

    private static (string, Func<int[], Who, StepCommand>) Change(string words, string table, string what) =>
        (words, (n, _) => Work($"UPDATE {table} SET {what} WHERE pk_{table["tb_".Length..]} = {n[0]}"));
}

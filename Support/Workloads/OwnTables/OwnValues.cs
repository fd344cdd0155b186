using System.Globalization;
using System.Numerics;

namespace Specs.Support.Workloads.OwnTables;

/// <summary>Draws values for columns, as text; null is NULL.</summary>
/// <param name="random">Where the draws come from.</param>
internal sealed class OwnValues(Random random)
{
    private const int Few = 4, NullsOfHundred = 12;

    /// <summary>A value as SQL has it.</summary>
    internal static string Literal(string? text) =>
        text is null ? "NULL" : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A value for a column: one that is there, a neighbour of one, a new one, or none.</summary>
    /// <param name="column">The column.</param>
    /// <param name="news">Whether it need not be one that is there.</param>
    internal string? Of(OwnColumn column, bool news = true)
    {
        if (column.IsNullable && news && random.Chance(NullsOfHundred))
        {
            return null;
        }

        if (column.Given.Count > 0)
        {
            return column.Given.Pick(random);
        }

        return column.Labels.Count > 0 ? column.Labels.Pick(random)
            : column.Base == "bool" ? random.Chance(50) ? "true" : "false"
            : column.Values.Count == 0 ? New(column)
            : !news ? Some(column.Values)
            : random.Next(10) switch
            {
                < 4 => Some(column.Values),
                < 7 => Neighbour(column, Some(column.Values)),
                _ => New(column),
            };
    }

    /// <summary>One of some values: sessions meet at the first few.</summary>
    internal T Some<T>(IReadOnlyList<T> values) =>
        random.Chance(40) ? values[random.Next(Math.Min(Few, values.Count))] : values.Pick(random);

    /// <summary>A value that differs as little as it can.</summary>
    internal string? Neighbour(OwnColumn column, string value)
    {
        var sign = random.Chance(50) ? 1 : -1;
        return column.Base switch
        {
            _ when column.Labels.Count > 0 => column.Labels.Pick(random),
            _ when column.Neighbours.Count > 0 => column.Neighbours.Pick(random),
            "int2" or "int4" or "int8" when BigInteger.TryParse(value, out var n) => $"{n + sign}",
            "numeric" when column.Scale is null && random.Chance(50)
                && value.All(c => char.IsAsciiDigit(c) || c == '.') =>
                value + (value.Contains('.') ? "0" : ".0"),
            "numeric" when decimal.TryParse(value, CultureInfo.InvariantCulture, out var n) =>
                (n + (sign * Unit(column, value))).ToString(CultureInfo.InvariantCulture),
            "float4" when float.TryParse(value, CultureInfo.InvariantCulture, out var n) =>
                MathF.BitIncrement(n).ToString("R", CultureInfo.InvariantCulture),
            "float8" when double.TryParse(value, CultureInfo.InvariantCulture, out var n) =>
                Math.BitIncrement(n).ToString("R", CultureInfo.InvariantCulture),
            "date" when DateOnly.TryParse(value, CultureInfo.InvariantCulture, out var day) =>
                day.AddDays(sign).ToString("O", CultureInfo.InvariantCulture),
            "timestamp" when DateTime.TryParse(value, CultureInfo.InvariantCulture, out var time) =>
                time.AddTicks(sign * 10).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
            "timestamptz" when DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out var time) =>
                time.AddTicks(sign * 10).ToString("yyyy-MM-dd HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture),
            "bytea" => value + "00",
            "jsonb" or "json" => $$"""{"of": {{value}}, "n": {{random.Next(5)}}}""",
            _ when column.IsText => Fit(column, random.Next(3) switch
            {
                0 => value.Any(char.IsLower) ? value.ToUpperInvariant() : value.ToLowerInvariant(),
                1 => value.EndsWith(' ') ? value.TrimEnd() : value + " ",
                _ => value + random.Next(10),
            }),
            _ => value,
        };
    }

    /// <summary>A value that need not be there.</summary>
    /// <param name="column">The column.</param>
    /// <param name="isUnique">Whether it should be one that no other row has.</param>
    internal string? New(OwnColumn column, bool isUnique = false)
    {
        var n = random.Next(100);
        return column.Base switch
        {
            "int4" or "int8" when isUnique && random.Chance(80) => $"{random.Next(1000, 1_000_000)}",
            _ when column.Labels.Count > 0 => column.Labels.Pick(random),
            "bool" => n < 50 ? "true" : "false",
            "int2" or "int4" or "int8" => n < 5 ? "0" : $"{random.Next(1, n < 60 ? 100 : 20_000)}",
            "numeric" or "float4" or "float8" or "money" =>
                (random.Next(1000) / (column.Scale == 0 ? 1m : 10m)).ToString(CultureInfo.InvariantCulture),
            "date" => new DateOnly(2025, 1, 1).AddDays(random.Next(700)).ToString("O", CultureInfo.InvariantCulture),
            "timestamp" or "timestamptz" => new DateTime(2025, 1, 1).AddMinutes(random.Next(1_000_000))
                .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            "time" or "timetz" => $"{random.Next(24):00}:{random.Next(60):00}",
            "interval" => $"{random.Next(100)} minutes",
            "uuid" => $"{random.NextInt64():x16}{random.NextInt64():x16}",
            "jsonb" or "json" => $$"""{"n": {{n}}}""",
            "bytea" => $@"\x{n:x2}",
            "inet" or "cidr" => $"10.0.0.{n}",
            _ when column.IsText => Fit(column, $"{(n < 50 ? "x" : "it's ")}{random.Next(1000)}"),
            _ when column.Neighbours.Count > 0 && n < 60 => column.Neighbours.Pick(random),
            _ when column.Base.StartsWith('_') => n < 30 ? "{}" : column.Values.Count > 0 ? Some(column.Values) : "{}",
            _ when column.Form is 'r' => n < 20 || column.Values.Count == 0 ? "empty" : Some(column.Values),
            _ => column.Values.Count > 0 ? Some(column.Values) : null,
        };
    }

    private static decimal Unit(OwnColumn column, string value)
    {
        var places = column.Scale ?? (value.Contains('.') ? value.Length - value.IndexOf('.') - 1 : 0);
        var unit = 1m;
        for (var i = 0; i < Math.Min(places, 20); i++)
        {
            unit /= 10;
        }

        return unit;
    }

    private static string Fit(OwnColumn column, string text) =>
        column.Length is { } length && text.Length > length ? text[^length..] : text;
}

using System.Globalization;
using CleverRemoteOperator.Commands.Screens;

namespace CleverRemoteOperator.Tests.Commands.Screens;

/// <summary>Ages read as those of kubectl.</summary>
public sealed class AgeTests
{
    [Theory]
    [InlineData("-00:00:05", "0s")]
    [InlineData("00:00:45", "45s")]
    [InlineData("00:01:59", "119s")]
    [InlineData("00:05:12", "5m12s")]
    [InlineData("00:05:00", "5m")]
    [InlineData("00:42:00", "42m")]
    [InlineData("03:20:00", "3h20m")]
    [InlineData("1.06:00:00", "30h")]
    [InlineData("6.04:00:00", "6d4h")]
    [InlineData("412.00:00:00", "412d")]
    [InlineData("1000.00:00:00", "2y270d")]
    [InlineData("4000.00:00:00", "10y")]
    public void An_age_has_one_or_two_units(string span, string expected) => Assert.Equal(expected, Age.Of(TimeSpan.Parse(span, CultureInfo.InvariantCulture)));

    [Fact]
    public void What_is_not_known_has_none() => Assert.Equal("", Age.Since(default(DateTimeOffset), DateTimeOffset.UnixEpoch));
}

using System.Runtime.Versioning;
using CareerCoordinates.Data.Protection;

namespace CareerCoordinates.Tests.Data.Protection;

/// <summary>Which key the program starts with, and with which it does not start.</summary>
public class ProtectionKeyTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly string Text = Convert.ToBase64String(Secret);
    private static readonly string OtherText = Convert.ToBase64String([.. Secret.Reverse()]);

    private string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("career-keys-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    private string KeyFile => Path.Combine(folder, "career.key");

    [TestCase("{0}")]
    [TestCase("{0}\n")]
    [TestCase("{0}\r\n")]
    [TestCase("  {0} ")]
    public void AKey_IsReadFromATextAndFromAFile(string format)
    {
        Write(string.Format(null, format, Text));
        using var expected = new KeyEncryptionKey(1, Secret);
        using var ofText = ProtectionKey.FromText(string.Format(null, format, Text), stored: null);
        using var ofFile = ProtectionKey.FromFile(KeyFile, expected.Check);

        Assert.That(ofText.Fits(expected.Check), Is.True);
        Assert.That(ofFile.Fits(expected.Check), Is.True);
    }

    [TestCase("")]
    [TestCase("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==", Description = "31 bytes")]
    [TestCase("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g", Description = "33 bytes")]
    [TestCase("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", Description = "its end is missing")]
    [TestCase(
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        Description = "two keys"
    )]
    [TestCase("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", Description = "hexadecimal")]
    [TestCase("correct horse battery staple")]
    public void WhatIsNoKey_IsRefused_AndNotQuoted(string text)
    {
        Write(text);
        Assert.That(() => ProtectionKey.FromFile(KeyFile, stored: null), Refused("not 32 bytes in base64"));
        Assert.That(() => ProtectionKey.FromText(text, stored: null), Refused("not 32 bytes in base64"));
        if (text.Length > 0)
        {
            Assert.That(
                () => ProtectionKey.FromText(text, stored: null),
                Throws.Exception.Message.Not.Contains(text).And.Message.Not.Contains(text[..20])
            );
        }
    }

    [Test]
    public void AVeryLongText_IsRefused()
    {
        Write(new string('A', 1_000_000));
        Assert.That(() => ProtectionKey.FromFile(KeyFile, stored: null), Refused("not 32 bytes in base64"));
        Assert.That(() => ProtectionKey.FromText(new string('A', 1_000_000), stored: null), Refused("not 32 bytes in base64"));
    }

    [Test]
    public void WhereSomethingIsProtected_AnotherKeyIsRefused()
    {
        Write(OtherText);
        using var right = new KeyEncryptionKey(1, Secret);

        Assert.That(() => ProtectionKey.FromFile(KeyFile, right.Check), Refused("is another one"));
        Assert.That(() => ProtectionKey.FromOwnFile(KeyFile, right.Check, NoWarning), Refused("is another one"));
        Assert.That(() => ProtectionKey.FromText(OtherText, right.Check), Refused("is another one"));
    }

    [Test]
    public void WhereSomethingIsProtected_AMissingKeyIsNotMadeAnew()
    {
        using var right = new KeyEncryptionKey(1, Secret);

        Assert.That(() => ProtectionKey.FromOwnFile(KeyFile, right.Check, NoWarning), Refused("Restore that file"));
        Assert.That(() => ProtectionKey.FromFile(KeyFile, right.Check), Refused("Restore that file"));
        Assert.That(KeyFile, Does.Not.Exist);
    }

    [Test]
    public void AFileThatASettingNames_IsNeverMade()
    {
        Assert.That(() => ProtectionKey.FromFile(KeyFile, stored: null), Refused("Make one"));
        Assert.That(KeyFile, Does.Not.Exist);
    }

    [Test]
    public void TheIdOfTheStoredCheck_IsTheKeys()
    {
        using var third = new KeyEncryptionKey(3, Secret);
        using var read = ProtectionKey.FromText(Text, third.Check);
        Assert.That(read.Id, Is.EqualTo(3));
    }

    [Test]
    public void TheFirstStart_MakesAKeyForItsOwnerOnly_AndWarnsOnce()
    {
        var warnings = new List<string>();
        var file = Path.Combine(folder, "data", "career.key");

        using var made = ProtectionKey.FromOwnFile(file, stored: null, warnings.Add);
        using var again = ProtectionKey.FromOwnFile(file, made.Check, warnings.Add);
        using var another = ProtectionKey.FromOwnFile(KeyFile, stored: null, warnings.Add);

        Assert.That(again.Fits(made.Check), Is.True);
        Assert.That(another.Fits(made.Check), Is.False);
        Assert.That(warnings, Has.Count.EqualTo(2).And.All.Contains("Keep a copy"));
        Assert.That(warnings[0], Does.Contain(file).And.Not.Contain(File.ReadAllText(file).Trim()));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }
    }

    /// <summary>A permission is given as in chmod, each digit from 0 to 7.</summary>
    [TestCase("600", ExpectedResult = "")]
    [TestCase("400", ExpectedResult = "")]
    [TestCase("640", ExpectedResult = "refused")]
    [TestCase("604", ExpectedResult = "refused")]
    [TestCase("644", ExpectedResult = "refused")]
    [TestCase("620", ExpectedResult = "refused")]
    [TestCase("602", ExpectedResult = "refused")]
    [UnsupportedOSPlatform("windows")]
    public string AFileThatOthersMayUse_IsRefused(string mode)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Windows has no such modes.");
        }
        Write(Text);
        File.SetUnixFileMode(KeyFile, (UnixFileMode)Convert.ToInt32(mode, 8));
        try
        {
            using var key = ProtectionKey.FromFile(KeyFile, stored: null);
            return "";
        }
        catch (ProtectionKeyException e)
        {
            Assert.That(e.Message, Does.Contain($"chmod 600 {KeyFile}"));
            return "refused";
        }
    }

    private static NUnit.Framework.Constraints.IResolveConstraint Refused(string told) =>
        Throws.TypeOf<ProtectionKeyException>().With.Message.Contains(told);

    private static void NoWarning(string text) => Assert.Fail(text);

    private void Write(string text)
    {
        File.WriteAllText(KeyFile, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}

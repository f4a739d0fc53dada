using System.Security.Cryptography;
using System.Text;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Tests.Data.Protection;

/// <summary>A worker's ID number from clear to stored and back, and every way in which it must not come back.</summary>
public class EnvelopeTests
{
    private const string Number = "110105189903070021";

    private static readonly Guid Worker = new("0199aaaa-bbbb-7ccc-8ddd-eeeeffff0001");
    private static readonly Guid Other = new("0199aaaa-bbbb-7ccc-8ddd-eeeeffff0002");

    private static readonly byte[] Secret = Bytes(from: 0, 32);
    private static readonly byte[] KnownDataKey = Bytes(from: 100, 32);

    /// <summary>
    /// Made once from the same secret, data key and nonces with another program (Python's cryptography): what is stored today is what any
    /// later version must open.
    /// </summary>
    private static readonly WrappedKey KnownWrapped = new(
        1,
        new(
            Bytes(from: 0, 12),
            Convert.FromHexString("f25e6a0605b0da1440294a182423ea83130a58b405c4299d57a81c62e24cef3c"),
            Convert.FromHexString("d3116c7be34517e9dc324a4570f6d401")
        )
    );

    private static readonly SealedBytes KnownNumber = new(
        Bytes(from: 20, 12),
        Convert.FromHexString("a3053b8e4c07330f0915075caee9a0855e40"),
        Convert.FromHexString("6fd0dcee3cff299d87bf4a001a3efd01")
    );

    private const string KnownIndex = "e1c8c4a5b0a87341827ed99b068b12e0e422370a1a4e334f0d625991a34d2569";
    private const string KnownCheck = "69ad49307a824671c620efe8a50aa75f1a24ca1ce1b9e07dd5b7b20945ca9189";

    [Test]
    public void Open_GivesTheNumberThatWasSealed_AlsoAfterARestart()
    {
        var (wrapped, sealedNumber) = Stored(Worker);

        using var secret = Kek();
        using var key = secret.Unwrap(wrapped, Worker);
        Assert.That(key.Open(sealedNumber).Reveal(), Is.EqualTo(Number));
    }

    [Test]
    public void Open_ReadsWhatAnotherProgramSealed()
    {
        using var secret = Kek();
        using var key = secret.Unwrap(KnownWrapped, Worker);
        Assert.That(key.Open(KnownNumber).Reveal(), Is.EqualTo(Number));
        Assert.That(Convert.ToHexStringLower(secret.IndexOf(IdNumberOf(Number))), Is.EqualTo(KnownIndex));
        Assert.That(Convert.ToHexStringLower(secret.Check.Value), Is.EqualTo(KnownCheck));
    }

    /// <summary>Made once with another program (Python's hmac): counts of later years compare with what is stored today.</summary>
    [Test]
    public void PseudonymsAndBlindedHashes_AreTheSameForEver()
    {
        using var secret = Kek();
        Assert.That(secret.PseudonymOf("patentNo", "ZL 2020 1 0000001.1"), Is.EqualTo("6dad92f4a77a025ef33fd296ab57811e"));
        Assert.That(secret.PseudonymOf("topic", "ZL 2020 1 0000001.1"), Is.Not.EqualTo("6dad92f4a77a025ef33fd296ab57811e"));
        Assert.That(
            Convert.ToHexStringLower(secret.Blind(SHA256.HashData("{}"u8))),
            Is.EqualTo("b405601c6246d54842f11b20143f55795d184a3a274a1db94766e18b3d2f0847")
        );
    }

    [Test]
    public void NothingStored_HoldsTheNumberOrAKey()
    {
        var (wrapped, sealedNumber) = Stored(Worker);
        using var secret = Kek();
        byte[][] stored =
        [
            .. Parts(wrapped.Key),
            .. Parts(sealedNumber),
            secret.Check.Value,
            secret.IndexOf(IdNumberOf(Number)),
            Parts(KnownWrapped.Key)[1],
        ];

        foreach (var canary in new[] { Encoding.ASCII.GetBytes(Number)[6..14], Secret[..8], KnownDataKey[..8] })
        {
            Assert.That(stored.Where(bytes => bytes.AsSpan().IndexOf(canary) >= 0), Is.Empty);
        }
    }

    [Test]
    public void ANumberMovedToAnotherWorker_IsRefused()
    {
        var (mine, myNumber) = Stored(Worker);
        var (others, _) = Stored(Other);
        using var secret = Kek();

        Assert.That(() => secret.Unwrap(mine, Other), Throws.TypeOf<BrokenSealException>(), "with its key");
        using var key = secret.Unwrap(others, Other);
        Assert.That(() => key.Open(myNumber), Throws.TypeOf<BrokenSealException>(), "without its key");
    }

    /// <summary>Even under one and the same data key, which the program never shares, a value keeps to its worker and purpose.</summary>
    [TestCase("career-coordinates/1/id-number/", true, ExpectedResult = true)]
    [TestCase("career-coordinates/1/id-number/", false, ExpectedResult = false)]
    [TestCase("career-coordinates/1/data-key/", true, ExpectedResult = false)]
    [TestCase("career-coordinates/2/id-number/", true, ExpectedResult = false)]
    public bool AValue_OpensForItsWorkerPurposeAndFormatOnly(string label, bool ofWorker)
    {
        byte[] binding = [.. Encoding.ASCII.GetBytes(label), .. (ofWorker ? Worker : Other).ToByteArray(bigEndian: true)];
        var number = SealedBytes.Seal(KnownDataKey, Encoding.ASCII.GetBytes(Number), binding);
        using var secret = Kek();
        using var key = secret.Unwrap(KnownWrapped, Worker);
        try
        {
            return key.Open(number).Reveal() == Number;
        }
        catch (BrokenSealException)
        {
            return false;
        }
    }

    [Test]
    public void AnotherKeyEncryptionKey_OpensNothing()
    {
        var (wrapped, _) = Stored(Worker);
        using var wrong = new KeyEncryptionKey(1, Bytes(from: 1, 32));
        using var successor = new KeyEncryptionKey(2, Secret);

        Assert.That(() => wrong.Unwrap(wrapped, Worker), Throws.TypeOf<BrokenSealException>());
        Assert.That(() => successor.Unwrap(wrapped, Worker), Throws.TypeOf<BrokenSealException>(), "the id says another");
    }

    [Test]
    public void Rotation_LeavesTheSealedNumberAsItIs()
    {
        var (wrapped, sealedNumber) = Stored(Worker);
        using var older = Kek();
        using var newer = new KeyEncryptionKey(2, Bytes(from: 50, 32));

        WrappedKey rewrapped;
        using (var key = older.Unwrap(wrapped, Worker))
        {
            rewrapped = newer.Wrap(key);
        }

        using var again = newer.Unwrap(rewrapped, Worker);
        Assert.That(again.Open(sealedNumber).Reveal(), Is.EqualTo(Number));
        Assert.That(rewrapped.KeyId, Is.EqualTo(2));
        Assert.That(() => older.Unwrap(rewrapped, Worker), Throws.TypeOf<BrokenSealException>());
        Assert.That(newer.IndexOf(IdNumberOf(Number)), Is.Not.EqualTo(older.IndexOf(IdNumberOf(Number))));
    }

    [Test]
    public void Index_IsThatOfTheNumberAndTheKeyAlone()
    {
        using var secret = Kek();
        using var again = Kek();
        Assert.That(again.IndexOf(IdNumberOf(Number)), Is.EqualTo(secret.IndexOf(IdNumberOf(Number))));
        Assert.That(secret.IndexOf(IdNumberOf("11010518990119002X")), Is.Not.EqualTo(secret.IndexOf(IdNumberOf(Number))));
    }

    [Test]
    public void Check_FitsItsOwnKeyOnly()
    {
        using var secret = Kek();
        using var wrong = new KeyEncryptionKey(1, Bytes(from: 1, 32));
        using var successor = new KeyEncryptionKey(2, Secret);

        Assert.That(secret.Fits(secret.Check), Is.True);
        Assert.That(wrong.Fits(secret.Check), Is.False);
        Assert.That(successor.Fits(secret.Check), Is.False);
        Assert.That(secret.Fits(secret.Check with { Value = secret.Check.Value[1..] }), Is.False);
    }

    /// <summary>A key that was zeroed must never seal: zeros are a key that everybody knows.</summary>
    [Test]
    public void AKeyThatIsDisposedOf_DoesNothingMore()
    {
        var secret = Kek();
        var key = DataKey.Make(Worker);
        var sealedNumber = key.Seal(IdNumberOf(Number));
        var wrapped = secret.Wrap(key);

        key.Dispose();
        Assert.That(() => key.Seal(IdNumberOf(Number)), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => key.Open(sealedNumber), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => secret.Wrap(key), Throws.TypeOf<ObjectDisposedException>());

        secret.Dispose();
        Assert.That(() => secret.Unwrap(wrapped, Worker), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => secret.IndexOf(IdNumberOf(Number)), Throws.TypeOf<ObjectDisposedException>());
    }

    [TestCase(0)]
    [TestCase(16)]
    [TestCase(31)]
    [TestCase(33)]
    public void ASecretOfAnotherLength_IsNoKey(int length) =>
        Assert.That(() => new KeyEncryptionKey(1, new byte[length]), Throws.TypeOf<ArgumentOutOfRangeException>());

    /// <summary>RFC 4231, test cases 1 to 3: the hash under the index.</summary>
    [TestCase(
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
        "4869205468657265",
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    )]
    [TestCase(
        "4a656665",
        "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )]
    [TestCase(
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd",
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    )]
    public void HmacSha256_IsThatOfRfc4231(string key, string data, string expected) =>
        Assert.That(
            Convert.ToHexStringLower(HMACSHA256.HashData(Convert.FromHexString(key), Convert.FromHexString(data))),
            Is.EqualTo(expected)
        );

    /// <summary>RFC 5869, test cases 1 and 3; the latter without salt, as the keys here are derived.</summary>
    [TestCase(
        "000102030405060708090a0b0c",
        "f0f1f2f3f4f5f6f7f8f9",
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    )]
    [TestCase("", "", "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8")]
    public void HkdfSha256_IsThatOfRfc5869(string salt, string info, string expected)
    {
        var secret = Enumerable.Repeat((byte)0x0b, 22).ToArray();
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 42, Convert.FromHexString(salt), Convert.FromHexString(info));
        Assert.That(Convert.ToHexStringLower(key), Is.EqualTo(expected));
    }

    private static KeyEncryptionKey Kek() => new(1, Secret);

    private static (WrappedKey Key, SealedBytes Number) Stored(Guid worker)
    {
        using var secret = Kek();
        using var key = DataKey.Make(worker);
        return (secret.Wrap(key), key.Seal(IdNumberOf(Number)));
    }

    private static IdNumber IdNumberOf(string text) => IdNumber.Read(text, "", new DateOnly(1905, 1, 1)).Value;

    private static byte[][] Parts(SealedBytes one) => [one.Nonce, one.Ciphertext, one.Tag];

    private static byte[] Bytes(byte from, int count) => [.. Enumerable.Range(from, count).Select(i => (byte)i)];
}

using System.Security.Cryptography;
using System.Text;
using CareerCoordinates.Data.Protection;

namespace CareerCoordinates.Tests.Data.Protection;

/// <summary>AES-256-GCM is what NIST says it is, and what was changed does not open.</summary>
public class SealedBytesTests
{
    private static readonly byte[] Key = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();
    private static readonly byte[] Clear = Encoding.ASCII.GetBytes("an invented text");
    private static readonly byte[] Binding = Encoding.ASCII.GetBytes("whose it is");

    private const string GcmKey = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
    private const string GcmText =
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
    private const string GcmCipher =
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662";
    private const string Zeros = "0000000000000000000000000000000000000000000000000000000000000000";

    private static readonly TestCaseData[] Vectors =
    [
        Vector("test case 13", Zeros, Zeros[..24], "", "", "", "530f8afbc74536b9a963b4f1c4cb738b"),
        Vector(
            "test case 14",
            Zeros,
            Zeros[..24],
            Zeros[..32],
            "",
            "cea7403d4d606b6e074ec5d3baf39d18",
            "d0d1c8a799996bf0265b98b5d48ab919"
        ),
        Vector(
            "test case 15",
            GcmKey,
            "cafebabefacedbaddecaf888",
            GcmText + "1aafd255",
            "",
            GcmCipher + "898015ad",
            "b094dac5d93471bdec1a502270e3cc6c"
        ),
        Vector(
            "test case 16",
            GcmKey,
            "cafebabefacedbaddecaf888",
            GcmText,
            "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            GcmCipher,
            "76fc6ece0f4e1768cddf8853bb2d551b"
        ),
        Vector(
            "gcmEncryptExtIV256, 128 bits of text, 160 of associated data",
            "83688deb4af8007f9b713b47cfa6c73e35ea7a3aa4ecdb414dded03bf7a0fd3a",
            "0b459724904e010a46901cf3",
            "33d893a2114ce06fc15d55e454cf90c3",
            "794a14ccd178c8ebfd1379dc704c5e208f9d8424",
            "cc66bee423e3fcd4c0865715e9586696",
            "0fb291bd3dba94a1dfd8b286cfb97ac5"
        ),
    ];

    /// <summary>The GCM specification submitted to NIST, appendix B, and NIST's CAVP vectors.</summary>
    [TestCaseSource(nameof(Vectors))]
    public void Open_GivesTheTextOfNistsVectors(string key, string nonce, string text, string data, string cipher, string tag)
    {
        var vector = new SealedBytes(Hex(nonce), Hex(cipher), Hex(tag));
        var clear = new byte[cipher.Length / 2];

        vector.Open(Hex(key), Hex(data), clear);

        Assert.That(Convert.ToHexStringLower(clear), Is.EqualTo(text));
    }

    [Test]
    public void Open_GivesWhatWasSealed() => Assert.That(Opened(Sealed()), Is.EqualTo(Clear));

    [Test]
    public void Seal_TakesANewNonceEachTime()
    {
        var all = Enumerable.Range(0, 1_000).Select(_ => Sealed()).ToList();
        Assert.That(all.Select(one => Convert.ToHexString(one.Nonce)), Is.Unique);
        Assert.That(all.Select(one => Convert.ToHexString(one.Ciphertext)), Is.Unique);
    }

    [Test]
    public void Open_RefusesEveryChangedBit()
    {
        foreach (var part in new Func<SealedBytes, byte[]>[] { s => s.Nonce, s => s.Ciphertext, s => s.Tag })
        {
            for (var bit = 0; bit < part(Sealed()).Length * 8; bit++)
            {
                var changed = Sealed();
                part(changed)[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.That(() => Opened(changed), Throws.TypeOf<BrokenSealException>(), $"bit {bit}");
            }
        }
    }

    /// <summary>GCM knows tags down to 4 bytes: a right beginning of one must not pass.</summary>
    [TestCase(0, 0, 1)]
    [TestCase(0, 0, 4)]
    [TestCase(0, 0, 16)]
    [TestCase(0, 1, 0)]
    [TestCase(0, 16, 0)]
    [TestCase(1, 0, 0)]
    [TestCase(12, 16, 16)]
    public void Open_RefusesWhatIsCutShort(int nonce, int ciphertext, int tag)
    {
        var whole = Sealed();
        var cut = new SealedBytes(whole.Nonce[nonce..], whole.Ciphertext[ciphertext..], whole.Tag[..^tag]);

        Assert.That(() => Opened(cut), Throws.TypeOf<BrokenSealException>());
        Assert.That(
            () => cut.Open(Key, Binding, new byte[cut.Ciphertext.Length]),
            Throws.TypeOf<BrokenSealException>(),
            "nor where room for as much is given"
        );
    }

    [Test]
    public void Open_RefusesAnotherKeyOrBinding_AndLeavesNothingInTheRoom()
    {
        var room = Enumerable.Repeat((byte)7, Clear.Length).ToArray();

        Assert.That(() => Sealed().Open(Key.Reverse().ToArray(), Binding, room), Throws.TypeOf<BrokenSealException>());
        Assert.That(room, Is.All.Zero);
        Assert.That(() => Sealed().Open(Key, Binding.AsSpan(1), room), Throws.TypeOf<BrokenSealException>());
    }

    [Test]
    public void Seal_RefusesAShorterKey() =>
        Assert.That(() => SealedBytes.Seal(Key.AsSpan(0, 31), Clear, Binding), Throws.InstanceOf<CryptographicException>());

    private static SealedBytes Sealed() => SealedBytes.Seal(Key, Clear, Binding);

    private static byte[] Opened(SealedBytes one)
    {
        var clear = new byte[Clear.Length];
        one.Open(Key, Binding, clear);
        return clear;
    }

    private static TestCaseData Vector(string name, params string[] parts) =>
        new TestCaseData([.. parts]).SetArgDisplayNames(name);

    private static byte[] Hex(string text) => Convert.FromHexString(text);
}

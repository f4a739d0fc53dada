using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Tests.Domain.Frameworks;

public sealed class FrameworkFileTests
{
    [Test]
    public void ShippedFramework_Read_HasNoFault() =>
        Assert.That(FrameworkFile.Read(TestFrameworks.ChaoyangJson).Faults, Is.Empty);

    [Test]
    public void SmallFramework_Read_HasNoFault() => Assert.That(FrameworkFile.Read(TestFrameworks.HarbourJson).Faults, Is.Empty);
}

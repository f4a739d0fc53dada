using CareerCoordinates.Tests.Engines;

// In the root namespace, so that NUnit runs it once, after the last test of every folder.
namespace CareerCoordinates.Tests;

[SetUpFixture]
public class StopSharedCluster
{
    [OneTimeTearDown]
    public Task Stop()
    {
        TestKeyFile.Remove();
        return PostgresCluster.StopSharedAsync();
    }
}

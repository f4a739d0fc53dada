namespace CareerCoordinates.Api.Requests;

/// <summary>HEAD is answered wherever GET is (RFC 9110, 9.1): the same headers; the server leaves the body out.</summary>
public static class Head
{
    public static RouteGroupBuilder TakesHead(this RouteGroupBuilder group)
    {
        ((IEndpointConventionBuilder)group).Add(endpoint =>
        {
            var at = endpoint.Metadata.IndexOf(endpoint.Metadata.OfType<HttpMethodMetadata>().Single());
            if (((HttpMethodMetadata)endpoint.Metadata[at]).HttpMethods is ["GET"])
            {
                endpoint.Metadata[at] = new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]);
            }
        });
        return group;
    }
}

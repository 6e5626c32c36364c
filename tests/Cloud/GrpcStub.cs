using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Grpc.Core;

namespace RdsBq.Cloud.Tests;

/// <summary>Answers gRPC calls as scripted, one an answer; keeps what was asked.</summary>
internal sealed class GrpcStub(params IMessage[] answers) : HttpMessageHandler
{
    private readonly List<(string Method, byte[] Message, string Routing)> calls = [];

    public IReadOnlyList<(string Method, byte[] Message, string Routing)> Calls => calls;

    public StatusCode Status { get; set; } = StatusCode.OK;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        calls.Add((request.RequestUri!.Segments[^1], sent[5..], request.Headers.GetValues("x-goog-request-params").Single()));
        var message = Status == StatusCode.OK ? answers[Math.Min(calls.Count, answers.Length) - 1].ToByteArray() : [];
        var frame = new byte[Status == StatusCode.OK ? message.Length + 5 : 0];
        if (frame.Length > 0) BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, frame.Length - message.Length);
        var answer = new HttpResponseMessage(HttpStatusCode.OK) { Version = HttpVersion.Version20, RequestMessage = request };
        answer.Content = new ByteArrayContent(frame);
        answer.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        answer.TrailingHeaders.Add("grpc-status", ((int)Status).ToString(CultureInfo.InvariantCulture));
        return answer;
    }
}

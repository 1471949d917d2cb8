package io.coapgate.gateway.exchange;

import io.coapgate.gateway.upstream.BodyReader;
import io.coapgate.gateway.upstream.UpstreamException;
import io.coapgate.gateway.upstream.UpstreamResponse;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Tells others how it went what a reader reads. */
record ReportedReader(BodyReader reader, IntConsumer status, Consumer<UpstreamException> failures)
        implements BodyReader {
    @Override
    public boolean begin(UpstreamResponse head) {
        status.accept(head.status());
        return reader.begin(head);
    }

    @Override
    public boolean read(byte[] piece) {
        return reader.read(piece);
    }

    @Override
    public void end(Optional<UpstreamException> failure) {
        failure.ifPresent(failures);
        reader.end(failure);
    }
}

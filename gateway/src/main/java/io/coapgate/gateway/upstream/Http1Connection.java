package io.coapgate.gateway.upstream;

import static io.coapgate.gateway.refusal.Refusal.UPSTREAM_RESPONSE_INVALID;
import static io.coapgate.gateway.refusal.Refusal.UPSTREAM_RESPONSE_TOO_LARGE;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection (RFC 9112), for one request after the other. Whatever comes while none is under way closes it, for
 * nobody can tell what it answers. Only for the lane's event loop.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter implements Attempt {
    /** A connection is replaced now and then, so that changes in DNS and new certificates take effect. */
    private static final long MAX_LIFE_NANOS = TimeUnit.SECONDS.toNanos(300);

    private static final int CONTINUE = 100;
    private static final int EARLY_HINTS = 103;
    private static final int HTTP_1 = 1;
    private static final int NOT_MODIFIED = 304;

    private final Http1Transport transport;
    private final long begunNanos;
    private final TlsMaterial tls;
    private final BoundedBody body;
    private long idleSinceNanos;
    private long maxIdleNanos = KeepAlive.MAX_NANOS;
    private boolean reused;
    private @Nullable ChannelHandlerContext context;

    private @Nullable Outcome outcome;
    private boolean interim;
    private @Nullable HttpResponse head;

    /** @param tls what it was made with; with others it is not used any more */
    Http1Connection(Http1Transport transport, TlsMaterial tls, long begunNanos) {
        this.transport = transport;
        this.tls = tls;
        this.begunNanos = begunNanos;
        this.body = new BoundedBody(transport.maxResponseBytes());
        this.idleSinceNanos = begunNanos;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    private ChannelHandlerContext context() {
        ChannelHandlerContext added = context;
        if (added == null) {
            throw new IllegalStateException("not part of a connection");
        }
        return added;
    }

    void idleFrom(long nanoTime) {
        idleSinceNanos = nanoTime;
    }

    boolean isUsableAt(long nanoTime) {
        return context().channel().isActive()
                && tls.equals(transport.tls())
                && nanoTime - idleSinceNanos < maxIdleNanos
                && nanoTime - begunNanos < MAX_LIFE_NANOS;
    }

    void close() {
        outcome = null;
        var unused = context().close();
    }

    @Override
    public boolean isReused() {
        return reused;
    }

    @Override
    public void send(UpstreamRequest request, Outcome whose) {
        ByteBuf message = transport.head().encode(request, context().alloc());
        reused = true;
        outcome = whose;
        var unused = context().writeAndFlush(message, context().voidPromise());
    }

    /** HTTP/1.1 has no way to say so. */
    @Override
    public boolean isUnprocessed(Throwable failure) {
        return false;
    }

    @Override
    public void abandon() {
        transport.giveBack(this, context());
    }

    /** What is still to come can't be told from the next response. */
    @Override
    public void cancel() {
        close();
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        try {
            if (outcome == null) {
                close();
            } else if (message instanceof HttpObject part
                    && part.decoderResult().isFailure()) {
                broken(part.decoderResult().cause());
            } else {
                read(message);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(Object message) {
        if (message instanceof HttpResponse response) {
            begin(response);
        }
        if (message instanceof HttpContent content && outcome != null) {
            append(content.content());
        }
        if (message instanceof LastHttpContent && outcome != null) {
            end();
        }
    }

    private void begin(HttpResponse response) {
        Outcome whose = outcome;
        int status = response.status().code();
        if (whose == null) {
            return;
        }
        interim = status == CONTINUE || status == EARLY_HINTS;
        if (interim) {
            whose.interim();
            return;
        }
        head = response;
        if (response.protocolVersion().majorVersion() != HTTP_1) {
            whose.refuse(UPSTREAM_RESPONSE_INVALID, "not HTTP/1");
        } else if (!UpstreamResponse.isFinal(status)) {
            whose.refuse(UPSTREAM_RESPONSE_INVALID, "status " + status);
        } else if (announcesTooMuch(response)) {
            whose.refuse(UPSTREAM_RESPONSE_TOO_LARGE, "announces more than " + transport.maxResponseBytes() + " bytes");
        }
    }

    /** The codec has refused what is no number. A 304 may tell the length of what it doesn't send. */
    private boolean announcesTooMuch(HttpResponse response) {
        String length = response.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        return length != null
                && response.status().code() != NOT_MODIFIED
                && ContentLength.exceeds(length, transport.maxResponseBytes());
    }

    private void append(ByteBuf piece) {
        if (!body.append(piece) && outcome != null) {
            outcome.refuse(UPSTREAM_RESPONSE_TOO_LARGE, "more than " + transport.maxResponseBytes() + " bytes");
        }
    }

    private void end() {
        HttpResponse complete = head;
        Outcome whose = outcome;
        if (interim || complete == null || whose == null) {
            interim = false;
            return;
        }
        UpstreamResponse response =
                new UpstreamResponse(complete.status().code(), ResponseHeaders.of(complete.headers()), body.take());
        outcome = null;
        head = null;
        if (HttpUtil.isKeepAlive(complete) && context().channel().isActive()) {
            maxIdleNanos = KeepAlive.nanos(complete.headers());
            transport.giveBack(this, context());
        } else {
            close();
        }
        whose.succeeded(response);
    }

    private void broken(Throwable cause) {
        Outcome whose = outcome;
        boolean begun = head != null;
        close();
        if (whose != null && begun) {
            whose.failed(cause);
        } else if (whose != null) {
            whose.unanswered(cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext from) {
        transport.closed(this);
        broken(new ClosedChannelException());
        from.fireChannelInactive();
    }

    /** Whoever asked hears of it; nobody logs what the peer sent. */
    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        broken(cause);
    }
}

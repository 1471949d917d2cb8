package io.coapgate.simulator.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.server.resources.CoapExchange;

/**
 * A bare Californium server over DTLS, as a process of its own. It answers 2.04 to every POST and does nothing else, or,
 * if it is told of a service, when that answered 204: the least that any gateway made of Californium can cost.
 *
 * <p>Arguments: {@link PeerArguments}; keys on standard input: {@link PeerKeys}.
 */
public final class BareServer {
    private BareServer() {}

    public static void main(String[] args) throws Exception {
        PeerArguments arguments = PeerArguments.parse(args);
        arguments.provider().install();
        CoapServer server = PeerServer.create(arguments.handshake(), PeerKeys.read(System.in));
        server.add(
                arguments.service().isPresent()
                        ? new Forwarding(arguments.service().get())
                        : new Changed());
        PeerServer.serve(server, arguments.ready());
    }

    /** Answers 2.04. */
    private static final class Changed extends CoapResource {
        Changed() {
            super(PeerServer.RESOURCE);
        }

        @Override
        public void handlePOST(CoapExchange exchange) {
            exchange.respond(ResponseCode.CHANGED);
        }
    }

    /** Answers 2.04 when the service answered 204, else 5.02. */
    private static final class Forwarding extends CoapResource {
        private final NioHttpLoop http;

        Forwarding(InetSocketAddress service) throws IOException {
            super(PeerServer.RESOURCE);
            this.http = NioHttpLoop.start(service, '/' + PeerServer.RESOURCE);
        }

        @Override
        public void handlePOST(CoapExchange exchange) {
            http.post(
                    exchange.getRequestPayload(),
                    succeeded -> exchange.respond(succeeded ? ResponseCode.CHANGED : ResponseCode.BAD_GATEWAY));
        }
    }
}

package io.coapgate.simulator.bench;

import io.coapgate.simulator.launch.HostPort;
import java.net.InetSocketAddress;
import java.net.URI;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.proxy2.config.Proxy2Config;
import org.eclipse.californium.proxy2.http.Coap2HttpTranslator;
import org.eclipse.californium.proxy2.http.HttpClientFactory;
import org.eclipse.californium.proxy2.resources.ProxyHttpClientResource;

/**
 * californium-proxy2 as a reverse proxy, behind the same DTLS as the other peers: whatever is posted to its one resource
 * goes to one URL of the service. It authenticates nothing beyond the DTLS session.
 */
public final class Proxy2Server {
    private Proxy2Server() {}

    public static void main(String[] args) throws Exception {
        PeerArguments arguments = PeerArguments.parse(args);
        arguments.provider().install();
        HttpClientFactory.setNetworkConfig(new Configuration(CoapConfig.DEFINITIONS, Proxy2Config.DEFINITIONS));
        CoapServer server = PeerServer.create(arguments.handshake(), PeerKeys.read(System.in));
        server.add(new ProxyHttpClientResource(
                PeerServer.RESOURCE,
                false,
                false,
                new OneUrl(arguments.service().orElseThrow()),
                "http"));
        PeerServer.serve(server, arguments.ready());
    }

    /** Devices don't name the service: it is always the same. */
    private static final class OneUrl extends Coap2HttpTranslator {
        private final URI url;

        OneUrl(InetSocketAddress service) {
            this.url = URI.create("http://" + HostPort.format(service) + '/' + PeerServer.RESOURCE);
        }

        @Override
        public URI getDestinationURI(Request request, InetSocketAddress exposed) {
            return url;
        }
    }
}

package io.coapgate.gateway.coap;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;

/** Every option of Californium that is not left at its default. */
final class CoapOptions {
    /** Messages remembered per session, to recognise retransmissions; bounds the heap where the default keeps all. */
    private static final int DEDUPLICATED_MESSAGES_PER_PEER = 16;

    /**
     * A device that has vanished is sent no more than so many notifications, or for no longer than this: then comes one
     * that it must acknowledge. RFC 7641 §4.5 asks for one in 24 hours.
     */
    private static final int NOTIFICATIONS_UNTIL_CHECK = 20;

    private static final Duration TIME_UNTIL_CHECK = Duration.ofMinutes(10);

    private static final Duration MAX_SWEEP = Duration.ofSeconds(5);

    static {
        CoapConfig.register();
    }

    private CoapOptions() {}

    static Configuration of(CoapSettings settings, TransmissionParameters transmission) {
        Configuration options = new Configuration(CoapConfig.DEFINITIONS, SystemConfig.DEFINITIONS)
                .set(CoapConfig.DEDUPLICATOR, CoapConfig.DEDUPLICATOR_PEERS_MARK_AND_SWEEP)
                .set(CoapConfig.PEERS_MARK_AND_SWEEP_MESSAGES, DEDUPLICATED_MESSAGES_PER_PEER)
                .set(CoapConfig.MAX_RESOURCE_BODY_SIZE, settings.maxBodyBytes())
                .set(CoapConfig.NOTIFICATION_CHECK_INTERVAL_COUNT, NOTIFICATIONS_UNTIL_CHECK)
                .set(CoapConfig.NOTIFICATION_CHECK_INTERVAL_TIME, TIME_UNTIL_CHECK.toSeconds(), TimeUnit.SECONDS)
                .set(CoapConfig.PREFERRED_BLOCK_SIZE, transmission.maxBlockBytes())
                .set(CoapConfig.MAX_MESSAGE_SIZE, transmission.maxBlockBytes());
        time(options, transmission);
        Duration sweep = settings.blockLifetime().compareTo(MAX_SWEEP) < 0 ? settings.blockLifetime() : MAX_SWEEP;
        return options.set(
                        CoapConfig.BLOCKWISE_STATUS_LIFETIME,
                        settings.blockLifetime().toMillis(),
                        TimeUnit.MILLISECONDS)
                .set(CoapConfig.BLOCKWISE_STATUS_INTERVAL, sweep.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void time(Configuration options, TransmissionParameters transmission) {
        options.set(CoapConfig.ACK_TIMEOUT, transmission.ackTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .set(CoapConfig.ACK_INIT_RANDOM, (float) TransmissionParameters.ACK_RANDOM_FACTOR)
                // The default would cut the back-off short on slow links.
                .set(CoapConfig.MAX_ACK_TIMEOUT, transmission.maxAckTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .set(CoapConfig.MAX_RETRANSMIT, transmission.maxRetransmit())
                .set(
                        CoapConfig.EXCHANGE_LIFETIME,
                        transmission.exchangeLifetime().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** For the stack alone, where it bounds the bodies under way; elsewhere it would bound the peers. */
    static Configuration boundedTransfers(Configuration options, int transfers) {
        return new Configuration(options).set(CoapConfig.MAX_ACTIVE_PEERS, transfers);
    }
}

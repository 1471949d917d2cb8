package io.coapgate.gateway.payload;

/** How deep and of how many items a document may be; counts down while it is read. */
final class Budget {
    /** Arrays, maps and tags in one another. */
    static final int MAX_DEPTH = 32;
    /** Keys and the chunks of strings count as well. Each item costs the heap about a hundred bytes while a payload is being converted. */
    static final int MAX_ITEMS = 32_768;

    private int items;

    /** One more item at this depth; the outermost is at 0. */
    void spend(int depth) throws ConversionException {
        if (depth > MAX_DEPTH) {
            throw ConversionException.tooLarge("nested deeper than " + MAX_DEPTH);
        }
        if (++items > MAX_ITEMS) {
            throw ConversionException.tooLarge("more than " + MAX_ITEMS + " items");
        }
    }
}

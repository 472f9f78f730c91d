package dev.millrace.sink;

import dev.millrace.embedded.junit.CommunityExtension;
import org.junit.jupiter.api.extension.ExtendWith;

/** On the Community edition, where some tables are to be compressed and aggregates follow them. */
@ExtendWith(CommunityExtension.class)
class CatalogStorageOnCommunityIT extends CatalogStorageContract {}

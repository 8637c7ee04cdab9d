"""Who is answered first, by rules that anybody can read: classes with their reasons, no score."""

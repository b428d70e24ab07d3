"""Who checks: processes of this machine or of a cluster, and what they give back."""

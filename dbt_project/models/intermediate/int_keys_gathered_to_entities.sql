{%- set keys_of_entities = {
    'orders': ['order_id'],
    'order_lines': ['order_line_id'],
    'products': ['sku'],
    'inventory_snapshots': ['snapshot_date', 'location_id', 'sku'],
    'shipments': ['shipment_id'],
    'shipment_lines': ['shipment_id', 'order_line_id'],
    'delivery_events': ['shipment_id', 'event_at', 'event_type_code'],
    'return_requests': ['return_line_id'],
    'return_receipts': ['return_line_id', 'received_at'],
    'refunds': ['refund_id'],
    'exchanges': ['exchange_id'],
    'customers': ['customer_id'],
    'address_checks': ['shipment_id', 'order_id', 'checked_at'],
    'product_actions': ['action_id'],
    'worklist_notes': ['style_id', 'sku', 'noted_at'],
    'contacts': ['contact_id'],
    'ad_costs': ['cost_date', 'campaign_code'],
    'fit_feedback': ['order_line_id', 'given_at'],
    'targets': ['metric_name', 'period_text'],
    'bank_payouts': ['payout_id'],
    'purchase_plan': ['style_id', 'sku', 'received_date'],
    'size_charts': ['style_id', 'brand_name', 'category_name', 'size_label', 'measure_code']
} -%}

with

final as (
    {{ undecided_keys_of(keys_of_entities) }}
)

select * from final
